import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { Logger } from '@nestjs/common'
import { unavailable } from '@parley/platform/failures'
import { getOperationAST, type GraphQLFormattedError, Kind, parse } from 'graphql'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import type { GatewayContext } from '../context'

export interface SubgraphAddress {
  readonly name: string
  readonly url: string
}

type GatewayGraphQLRequest = GraphQLDataSourceProcessOptions['request']
type GatewayGraphQLResponse = Awaited<ReturnType<GraphQLDataSource['process']>>

interface DataSourceOptions {
  readonly dispatcher: Dispatcher
  /** Sees the refresh cookie and may set cookies. */
  readonly isIdentity: boolean
  readonly refreshCookieName: string
}

const patienceMs = 8_000
/** More than this many errors for one outage tell a client nothing new. */
const reportedPaths = 20
const connectionFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
])

const answer = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
})

/**
 * One subgraph over HTTP, on kept-alive connections. It never throws for an outage: it answers with errors that carry the paths
 * of what could not be had, so that the rest of the operation stands.
 */
export class SubgraphDataSource implements GraphQLDataSource<GatewayContext> {
  readonly #logger = new Logger(SubgraphDataSource.name)
  readonly #url: URL

  constructor(
    private readonly subgraph: SubgraphAddress,
    private readonly options: DataSourceOptions,
  ) {
    this.#url = new URL(subgraph.url)
  }

  async process({
    request,
    context,
  }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<GatewayGraphQLResponse> {
    const asked = context as GatewayContext
    try {
      return await this.#sendWithRetry(request, asked)
    } catch (error) {
      this.#logger.warn(
        { err: error, subgraph: this.subgraph.name, requestId: asked.requestId },
        'A subgraph does not answer',
      )
      return { data: null, errors: outage(request) }
    }
  }

  /** Once more, and only when the connection failed and nothing can have been changed. */
  async #sendWithRetry(request: GatewayGraphQLRequest, context: GatewayContext): Promise<GatewayGraphQLResponse> {
    try {
      return await this.#send(request, context)
    } catch (error) {
      const mayRetry = isConnectionFailure(error) && !request.query?.trimStart().startsWith('mutation')
      if (!mayRetry) throw error
      return await this.#send(request, context)
    }
  }

  async #send(
    { query, variables, operationName }: GatewayGraphQLRequest,
    context: GatewayContext,
  ): Promise<GatewayGraphQLResponse> {
    const { statusCode, headers, body } = await this.options.dispatcher.request({
      origin: this.#url.origin,
      path: this.#url.pathname + this.#url.search,
      method: 'POST',
      headers: this.#headersFor(context),
      body: JSON.stringify({ query, variables, operationName }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const parsed = answer.safeParse(await body.json().catch(() => undefined))
    if (!parsed.success) throw new Error(`Status ${statusCode} with a body that is no GraphQL answer`)
    const { data, errors } = parsed.data
    if (data === undefined && errors === undefined) throw new Error(`Status ${statusCode} with neither data nor errors`)
    const cookies = headers['set-cookie']
    if (this.options.isIdentity && cookies !== undefined) context.browser?.setCookies([cookies].flat())
    return { data: data ?? null, ...(errors === undefined ? {} : { errors: errors }) }
  }

  #headersFor({ requestId, authorization, browser }: GatewayContext): Record<string, string> {
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-request-id': requestId }
    if (authorization !== undefined) headers['authorization'] = authorization
    if (this.options.isIdentity && browser !== undefined) {
      headers['x-forwarded-for'] = browser.address
      if (browser.userAgent !== undefined) headers['user-agent'] = browser.userAgent
      if (browser.refreshCookie !== undefined)
        headers['cookie'] = `${this.options.refreshCookieName}=${browser.refreshCookie}`
    }
    return headers
  }
}

/** One error for each field (or entity) that the fetch was to bring. */
function outage({ query, variables }: GatewayGraphQLRequest): GraphQLFormattedError[] {
  const { message, code } = unavailable(undefined)
  return missingPaths(query ?? '', variables)
    .slice(0, reportedPaths)
    .map((path) => ({ message, path, extensions: { code } }))
}

function missingPaths(query: string, variables: Record<string, unknown> | undefined): (string | number)[][] {
  const representations = variables?.['representations']
  if (Array.isArray(representations)) return representations.map((_, index) => ['_entities', index])
  const selections = getOperationAST(parse(query))?.selectionSet.selections ?? []
  return selections.flatMap((field) => (field.kind === Kind.FIELD ? [[(field.alias ?? field.name).value]] : []))
}

function isConnectionFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && connectionFailures.has(String(error.code))
}
