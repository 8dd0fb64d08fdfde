// Nest loads Apollo Server as an ES module; the CommonJS build is another set of classes.
import type { ApolloServerPlugin } from '@apollo/server' with { 'resolution-mode': 'import' }
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayEnv } from '../env'

/** One page that needs no network at /explorer, or Apollo's Sandbox at /graphql, or nothing. */
export async function explorerPlugins(explorer: GatewayEnv['EXPLORER']): Promise<ApolloServerPlugin[]> {
  return explorer === 'sandbox' ? [await sandbox()] : []
}

export function addExplorer(fastify: FastifyInstance, explorer: GatewayEnv['EXPLORER']): void {
  if (explorer === 'off') return
  if (explorer === 'sandbox') {
    fastify.get('/explorer', (_request, reply) => reply.redirect('/graphql'))
    return
  }
  // Built at the first request: a gateway without explorer users does not keep it in memory.
  let page: Promise<Page> | undefined
  fastify.get('/explorer', async (request, reply) => answer(await (page ??= makePage()), request, reply))
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isBrowserAt(request, '/graphql')) done()
    else void reply.redirect('/explorer', 303)
  })
}

/** 9 MB of HTML, kept compressed only, in the encoding that every browser accepts. */
interface Page {
  readonly compressed: Buffer
  readonly etag: string
  readonly contentSecurityPolicy: string
}

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'API explorer',
    endpoint: '/graphql',
    credentials: 'same-origin',
    subscriptionsProtocol: 'WS',
  })
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return {
    compressed: await promisify(brotliCompress)(html, { params }),
    etag: `W/"${hashOf(html)}"`,
    contentSecurityPolicy: policyFor(html),
  }
}

function answer(
  { compressed, etag, contentSecurityPolicy }: Page,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  void reply.headers({
    etag,
    vary: 'accept-encoding',
    'cache-control': 'private, max-age=3600',
    'content-security-policy': contentSecurityPolicy,
  })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.header('content-encoding', 'br').type('text/html; charset=utf-8').send(compressed)
}

/** Allows its own scripts by hash; the editor in them creates styles and workers at run time. */
function policyFor(html: string): string {
  const scripts = [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${hashOf(script)}'`,
  )
  return [
    "default-src 'self'",
    `script-src ${scripts.join(' ')} blob:`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self' blob: data:",
    "frame-ancestors 'none'",
  ].join('; ')
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

const isBrowserAt = ({ method, routeOptions, headers }: FastifyRequest, path: string): boolean =>
  method === 'GET' && routeOptions.url === path && headers.accept?.includes('text/html') === true

async function sandbox(): Promise<ApolloServerPlugin> {
  const { ApolloServerPluginLandingPageLocalDefault } = await import('@apollo/server/plugin/landingPage/default')
  return ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: true })
}
