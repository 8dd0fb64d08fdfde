import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import { hashOf } from './documents/memory'
import { readTrustedDocuments } from './documents/trusted-documents'
import { limits } from './limits'
import { connectingTo, until } from './testing/follow'
import { TestGateway } from './testing/test-gateway'

const latest = 'query Latest { latest { headSeq } }'
const signIn = 'mutation SignIn { signIn }'
const whoAmI = 'subscription WhoAmI { whoAmI }'
const older = 'query Older { extra }'
const unlisted = 'query Unlisted { nested { name } }'

const persisted = (id: string, version = 1) => ({ extensions: { persistedQuery: { version, sha256Hash: id } } })
const manifestOf = (...bodies: string[]) =>
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: bodies.map((body) => ({ id: hashOf(body), name: body.split(' ')[1], type: body.split(' ')[0], body })),
  })

/** A manifest of this release, and a folder with those of the last ones. */
const folder = mkdtempSync(join(tmpdir(), 'parley-trusted-'))
const current = join(folder, 'current.json')
const released = mkdtempSync(join(folder, 'released-'))
writeFileSync(current, manifestOf(latest, signIn, whoAmI))
writeFileSync(join(released, '1.json'), manifestOf(older, latest))
writeFileSync(join(released, 'notes.txt'), 'not a manifest')
afterAll(() => rmSync(folder, { recursive: true }))

let gateway: TestGateway
const connect = connectingTo(() => gateway)

describe('a gateway that takes trusted documents only', () => {
  beforeAll(async () => {
    gateway = await TestGateway.start({ DOCUMENTS: 'trusted', TRUSTED_DOCUMENTS_PATH: `${current},${released}` })
  }, 60_000)
  afterAll(() => gateway.stop())

  const codeOf = async (body: object) => (await gateway.post(body)).errors?.[0]?.extensions.code ?? 'answered'

  test.each([
    ['its id', persisted(hashOf(latest))],
    ['its text', { query: latest }],
    ['both', { query: latest, ...persisted(hashOf(latest)) }],
  ])('answers one by %s', async (_how, body) => {
    expect(await gateway.post(body)).toMatchObject({ status: 200, data: { latest: { headSeq: 7 } } })
  })

  test('answers those of an earlier release, and passes variables and cookies as ever', async () => {
    expect(await gateway.post(persisted(hashOf(older)))).toMatchObject({ data: { extra: 'extra' } })
    const cookies = { cookie: 'parley_refresh=old' }
    expect(await gateway.post(persisted(hashOf(signIn)), cookies)).toMatchObject({ data: { signIn: true } })
  })

  test.each([
    ['a text that no manifest has', { query: unlisted }, 400, 'PERSISTED_QUERY_REQUIRED'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 400, 'PERSISTED_QUERY_REQUIRED'],
    ['a listed text with another space', { query: `${latest} ` }, 400, 'PERSISTED_QUERY_REQUIRED'],
    ['an unknown id', persisted(hashOf(unlisted)), 200, 'PERSISTED_QUERY_NOT_FOUND'],
    ['an id of another object', persisted('constructor'), 200, 'PERSISTED_QUERY_NOT_FOUND'],
    [
      'an unknown id with its text',
      { query: unlisted, ...persisted(hashOf(unlisted)) },
      400,
      'PERSISTED_QUERY_REQUIRED',
    ],
    ['an id with another text', { query: unlisted, ...persisted(hashOf(latest)) }, 400, 'INVALID_INPUT'],
    ['an id of another version', persisted(hashOf(latest), 2), 400, 'INVALID_INPUT'],
    ['an id that is no text', { extensions: { persistedQuery: { version: 1, sha256Hash: 7 } } }, 400, 'INVALID_INPUT'],
    ['nothing', {}, 400, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await gateway.post(body, { accept: 'application/graphql-response+json' })
    expect(answer.status).toBe(status)
    expect(answer.errors?.[0]?.extensions).toMatchObject({ category: 'input', code })
    expect(answer.errors?.[0]?.message).toMatch(/^[A-Z].* .*\.$/)
  })

  test('says to reload the client or to register the operation', async () => {
    expect((await gateway.post({ query: unlisted })).errors?.[0]?.message).toMatch(/Reload the client, or ask/)
  })

  test('does not count what a client of another release sends', async () => {
    const many = 1 + limits.operationsPerAddressPerSecond * limits.refusedShare * limits.burstSeconds
    for (let index = 0; index < many; index++) await codeOf(persisted(hashOf(`${unlisted}${index}`)))
    expect(await codeOf(persisted(hashOf(latest)))).toBe('answered')
  })

  test.each([
    ['refuses a mutation', signIn, 405],
    ['answers a query', latest, 200],
  ])('%s by id over GET', async (_what, text, status) => {
    const extensions = encodeURIComponent(JSON.stringify(persisted(hashOf(text)).extensions))
    const response = await fetch(`${gateway.url}/graphql?extensions=${extensions}`, {
      headers: { 'apollo-require-preflight': 'true' },
    })
    expect(response.status).toBe(status)
  })

  test.each([
    ['answers', whoAmI, 'event: next\ndata: {"data":{"whoAmI":"Bearer '],
    ['refuses an unknown one', unlisted, '"code":"PERSISTED_QUERY_NOT_FOUND"'],
  ])('%s by id as server-sent events', async (_what, text, expected) => {
    const extensions = encodeURIComponent(JSON.stringify(persisted(hashOf(text)).extensions))
    const stopped = new AbortController()
    const response = await fetch(`${gateway.url}/graphql/stream?extensions=${extensions}`, {
      headers: { accept: 'text/event-stream', cookie: `parley_access=${await gateway.owner.token()}` },
      signal: stopped.signal,
    })
    let received = ''
    for await (const chunk of response.body ?? []) {
      received += Buffer.from(chunk as Uint8Array).toString()
      if (received.includes('event: next')) break
    }
    stopped.abort()
    expect(received).toContain(expected)
  })

  describe('over WebSocket', () => {
    const answerTo = async (payload: { query: string; extensions?: Record<string, unknown> }) => {
      const { client } = connect(await gateway.owner.token())
      const events = client.iterate(payload)
      const first = await events.next().catch((error: unknown) => ({ value: { errors: error } }))
      void events.return?.()
      return first.value as unknown
    }

    test.each([
      ['an id', { query: '', ...persisted(hashOf(whoAmI)) }],
      ['a text', { query: whoAmI }],
      ['both', { query: whoAmI, ...persisted(hashOf(whoAmI)) }],
    ])('follows one by %s', async (_how, payload) => {
      expect(JSON.stringify(await answerTo(payload))).toMatch(/^{"data":{"whoAmI":"Bearer /)
    })

    test.each([
      ['an unknown text', { query: 'subscription { extraTicks }' }, 'PERSISTED_QUERY_REQUIRED'],
      ['an unknown id', { query: '', ...persisted(hashOf(unlisted)) }, 'PERSISTED_QUERY_NOT_FOUND'],
      ['an id with another text', { query: unlisted, ...persisted(hashOf(whoAmI)) }, 'INVALID_INPUT'],
      ['an id of another version', { query: '', ...persisted(hashOf(whoAmI), 2) }, 'INVALID_INPUT'],
      ['a query by id', { query: '', ...persisted(hashOf(latest)) }, 'INVALID_INPUT'],
      ['nothing', { query: '' }, 'INVALID_INPUT'],
    ])('refuses %s', async (_what, payload, code) => {
      expect(await answerTo(payload)).toMatchObject({ errors: [{ extensions: { category: 'input', code } }] })
    })
  })

  test('takes a new release while it runs, and keeps what it has when a manifest is broken', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error')
    writeFileSync(join(released, '2.json'), '{ "format": "apollo-')
    writeFileSync(current, manifestOf(latest, signIn, whoAmI, unlisted))
    await until(() => errors.mock.calls.length > 0)
    expect(await codeOf(persisted(hashOf(unlisted)))).toBe('PERSISTED_QUERY_NOT_FOUND')
    rmSync(join(released, '2.json'))
    await until(async () => (await codeOf(persisted(hashOf(unlisted)))) === 'answered')
    rmSync(join(released, '1.json'))
    await until(async () => (await codeOf(persisted(hashOf(older)))) === 'PERSISTED_QUERY_NOT_FOUND')
    expect(await codeOf(persisted(hashOf(latest)))).toBe('answered')
  })

  test('keeps to its trusted documents over a new supergraph', async () => {
    const added = 'query Added { latest { added: headSeq } nested { added } }'
    writeFileSync(current, manifestOf(latest, added))
    await gateway.changeSupergraph((sdl) => sdl.replace('  nested: Nested\n', '  nested: Nested\n  added: Int\n'))
    await until(async () => (await codeOf(persisted(hashOf(added)))) !== 'PERSISTED_QUERY_NOT_FOUND')
    expect(await codeOf(persisted(hashOf(latest)))).toBe('answered')
    expect(await codeOf({ query: unlisted })).toBe('PERSISTED_QUERY_REQUIRED')
  }, 20_000)
})

describe('a gateway that takes all documents', () => {
  beforeAll(async () => {
    writeFileSync(current, manifestOf(latest))
    gateway = await TestGateway.start({ TRUSTED_DOCUMENTS_PATH: current })
  }, 60_000)
  afterAll(() => gateway.stop())

  test('knows trusted ones by id and any by its text, with its id or without', async () => {
    expect(await gateway.post(persisted(hashOf(latest)))).toMatchObject({ data: { latest: { headSeq: 7 } } })
    expect(await gateway.post({ query: unlisted })).toMatchObject({ data: { nested: {} } })
    expect(await gateway.post({ query: older, ...persisted(hashOf(older)) })).toMatchObject({ data: {} })
  })

  test('asks for the text of an unknown id', async () => {
    const { errors } = await gateway.post(persisted(hashOf('{ extra }')))
    expect(errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })
})

describe('a manifest', () => {
  test.each([
    ['ids that are not those of its texts', manifestOf(latest).replace(hashOf(latest), hashOf(older))],
    ['another format', manifestOf(latest).replace('apollo', 'relay')],
    ['no JSON', ''],
  ])('with %s is not taken', async (_what, text) => {
    const file = join(folder, 'invalid.json')
    writeFileSync(file, text)
    await expect(readTrustedDocuments([file])).rejects.toThrow(`${file} is not a manifest of trusted documents`)
  })

  test('that is missing is not taken for an empty one', async () => {
    await expect(readTrustedDocuments([join(folder, 'missing.json')])).rejects.toThrow('ENOENT')
  })
})
