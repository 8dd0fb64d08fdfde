import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { fastifyCompress } from '@fastify/compress'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { limits } from '../limits'

const compress = {
  br: (data: Buffer) => promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (data: Buffer) => promisify(gzip)(data, { level: 9 }),
}
type Encoding = keyof typeof compress

const compressible = /^(text\/|image\/svg|application\/(javascript|json|manifest\+json))/

/**
 * Responses change every time and are compressed quickly; immutable files are compressed well, once, and cached. No
 * response holds a secret beside text that an attacker may choose (tokens travel in cookies alone), so its length
 * reveals nothing (BREACH).
 */
export async function addCompression(fastify: FastifyInstance): Promise<void> {
  const files = new CompressedFiles(limits.compressedFilesBytes)
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!isUnchanging(reply) || !isStream(payload)) return payload
    void reply.header('vary', 'accept-encoding')
    const encoding = encodingFor(request)
    if (encoding === undefined) return payload
    const file = await files.get(`${encoding} ${request.url.split('?')[0]} ${String(reply.getHeader('etag'))}`, () =>
      buffer(payload).then(compress[encoding]),
    )
    // Read to the end, so that the upstream connection can be reused.
    payload.resume()
    void reply.headers({ 'content-encoding': encoding, 'content-length': file.length })
    return file
  })
  await fastify.register(fastifyCompress, { encodings: ['br', 'gzip'], threshold: 1_024, globalDecompression: false })
}

function isUnchanging(reply: FastifyReply): boolean {
  return (
    reply.statusCode === 200 &&
    reply.request.method === 'GET' &&
    /immutable/.test(String(reply.getHeader('cache-control'))) &&
    compressible.test(String(reply.getHeader('content-type'))) &&
    !reply.hasHeader('content-encoding')
  )
}

const isStream = (payload: unknown): payload is Readable =>
  typeof payload === 'object' && payload !== null && 'pipe' in payload

/** The better encoding of those that the client accepts. */
function encodingFor({ headers }: FastifyRequest): Encoding | undefined {
  const accepted = (headers['accept-encoding']?.toString() ?? '').split(',')
  const takes = (name: Encoding) =>
    accepted.some((entry) => new RegExp(`^\\s*${name}\\s*(;(?!\\s*q=0(\\.0*)?\\s*$)|$)`).test(entry))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined
}

/** A cache in bounded memory; concurrent requests for the same file share one compression. */
class CompressedFiles {
  readonly #files = new Map<string, Promise<Buffer>>()
  #bytes = 0

  constructor(private readonly limit: number) {}

  get(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#files.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#files.set(key, made)
    made.then(
      (file) => this.#keep(file),
      () => this.#files.delete(key),
    )
    return made
  }

  #keep(file: Buffer): void {
    this.#bytes += file.length
    if (this.#bytes <= this.limit) return
    this.#files.clear()
    this.#bytes = 0
  }
}
