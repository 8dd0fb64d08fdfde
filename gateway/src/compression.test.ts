import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { TestGateway } from './testing/test-gateway'

const script = 'export const answer = 42;\n'.repeat(4_000)
const page = `<!doctype html><p>${'word '.repeat(1_000)}`
const decode = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body }

describe('compression', () => {
  let gateway: TestGateway
  let web: Server
  beforeAll(async () => {
    web = createServer(({ url }, response) => {
      const isScript = url?.startsWith('/_next/static/')
      response.setHeader(
        'content-type',
        isScript ? 'application/javascript; charset=UTF-8' : 'text/html; charset=utf-8',
      )
      if (isScript) response.setHeader('cache-control', 'public, max-age=31536000, immutable')
      response.end(isScript ? script : page)
    })
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening))
    gateway = await TestGateway.start({ WEB_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}` })
  })
  afterAll(async () => {
    await gateway.stop()
    web.close()
  })

  /** The raw bytes: fetch would decompress them. */
  const ask = (path: string, encoding?: string) =>
    new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      const headers = {
        'apollo-require-preflight': '1',
        ...(encoding === undefined ? {} : { 'accept-encoding': encoding }),
      }
      get(`${gateway.url}${path}`, { headers }, (response) => {
        buffer(response).then((body) => resolve({ headers: response.headers, body }), reject)
      }).on('error', reject)
    })

  const large = `/graphql?query=${encodeURIComponent('{ __schema { types { name description fields { name description } } } }')}`

  test.each([
    ['a script', '/_next/static/a.js', script],
    ['a page', '/c/1', page],
    ['an answer of more than 1 KB', large, undefined],
  ])('%s is compressed as the client can take it', async (_what, path, whole) => {
    const plain = await ask(path)
    expect(plain.headers['content-encoding']).toBeUndefined()
    if (whole !== undefined) expect(plain.body.toString()).toBe(whole)
    for (const [accept, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
    ] as const) {
      const { headers, body } = await ask(path, accept)
      expect(headers['content-encoding']).toBe(encoding)
      expect(headers.vary).toMatch(/accept-encoding/i)
      expect(body.length).toBeLessThan(plain.body.length / 2)
      expect(decode[encoding](body).length).toBe(plain.body.length)
    }
  })

  test('a small response is not compressed', async () => {
    const { headers } = await ask('/graphql?query={extra}', 'br')
    expect(headers['content-encoding']).toBeUndefined()
  })
})
