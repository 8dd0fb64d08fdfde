import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import type { FetchAnswer, FetchParts, FetchRequest } from '@parley/federation/operations/execution'
import type { ConcretePath } from '@parley/federation/operations/paths'
import { Logger } from '@nestjs/common'
import { outcomeUnknown, unavailable } from '@parley/platform/failures'
import { getOperationAST, type GraphQLFormattedError, Kind, parse } from 'graphql'
import type { Dispatcher } from 'undici'
import type { GatewayContext } from '../context'
import type { CircuitBreaker } from './circuit-breaker'
import { HttpCall } from './http-call'
import { NotTaken } from './socket-call'
import { readAnswer } from './subgraph-answer'
import type { SubgraphSocket } from './subgraph-socket'

export interface SubgraphAddress {
  readonly name: string
  readonly url: string
}

type GatewayGraphQLResponse = Awaited<ReturnType<GraphQLDataSource['process']>>

interface DataSourceOptions {
  readonly dispatcher: Dispatcher
  readonly breaker: CircuitBreaker
  readonly socket: SubgraphSocket
  /** The only one that receives its cookies and may set cookies. */
  readonly isIdentity: boolean
}

interface Call<Answer> {
  readonly answered: Promise<Answer>
  /** Rejects at once. */
  giveUp(): void
}

/** More errors than this for one outage are of no use to a client. */
const reportedPaths = 20

/** The request was not sent: nothing can have been changed. */
class NotSent extends Error {}

/** The equivalent errors of undici and Node: there was no connection. */
const noConnection = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EAI_AGAIN'])
const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED'])

/**
 * One subgraph, over its socket or over HTTP on kept-alive connections. It never throws for an outage: it answers with errors that carry
 * the paths of the missing fields, so that the rest of the operation succeeds. A write that may have arrived answers
 * OUTCOME_UNKNOWN.
 */
export class SubgraphDataSource implements GraphQLDataSource<GatewayContext> {
  readonly #logger = new Logger(SubgraphDataSource.name)
  readonly #origin: string
  readonly #path: string

  constructor(
    private readonly subgraph: SubgraphAddress,
    private readonly options: DataSourceOptions,
  ) {
    const { origin, pathname, search } = new URL(subgraph.url)
    this.#origin = origin
    this.#path = pathname + search
  }

  /** As the gateway package asks. */
  async process({
    request,
    context,
  }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<GatewayGraphQLResponse> {
    const { query = '', variables, operationName } = request
    const asked: FetchRequest = {
      body: JSON.stringify({ query, variables, operationName }),
      isWrite: isMutation(query),
      missingPaths: () => missingPaths(query, variables),
    }
    const { data, errors } = await this.ask(asked, context as GatewayContext)
    return { data, ...(errors === undefined ? {} : { errors: [...errors] }) }
  }

  /** Never rejects for an outage. */
  async ask(request: FetchRequest, context: GatewayContext): Promise<FetchAnswer> {
    try {
      return await this.#sendWithRetry(request, context)
    } catch (error) {
      // The breaker has logged already that the subgraph hangs.
      if (!(error instanceof NotSent)) {
        this.#logger.warn(
          { err: error, subgraph: this.subgraph.name, requestId: context.requestId },
          'A subgraph does not answer',
        )
      }
      return { data: null, errors: failures(request, error) }
    }
  }

  /** One retry, only when the connection failed and nothing can have been changed. */
  async #sendWithRetry(request: FetchRequest, context: GatewayContext): Promise<FetchAnswer> {
    if (this.options.breaker.isOpen) throw new NotSent('The circuit is open')
    try {
      return await this.#send(request, context)
    } catch (error) {
      if (request.isWrite || !(failedIn(noConnection, error) || failedIn(brokenConnection, error))) throw error
      return await this.#send(request, context)
    }
  }

  /** What the socket cannot take, or the subgraph does not take over it, goes over HTTP. */
  async #send(request: FetchRequest, context: GatewayContext): Promise<FetchAnswer> {
    const parts = this.#partsForSocket(request)
    if (parts !== undefined) {
      try {
        const call = this.#within(context, () => this.options.socket.fetch(parts, context))
        return await this.#outcomeOf(call, request, context)
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error
      }
    }
    const call = this.#within(context, () => this.#callFor(request, context))
    const { status, headers, text } = await this.#outcomeOf(call, request, context)
    if (status === 503) throw new NotSent('The subgraph takes no requests at the moment')
    const answer = readAnswer(text)
    if (answer === undefined) throw new Error(`Status ${status} with a body that is no GraphQL answer`)
    const cookies = headers['set-cookie']
    if (this.options.isIdentity && cookies !== undefined) context.browser?.setCookies([cookies].flat())
    return answer
  }

  /** The one place that decides which way a fetch goes: a socket carries no cookies. */
  #partsForSocket({ parts, isWrite }: FetchRequest): FetchParts | undefined {
    if (parts === undefined || (isWrite && this.options.isIdentity)) return undefined
    return this.options.socket.takes(parts) ? parts : undefined
  }

  #within<Call>({ deadline }: GatewayContext, begin: () => Call): Call {
    if (deadline <= performance.now()) throw new NotSent('The operation has no time left')
    return begin()
  }

  /** A read is given up as soon as the subgraph is found to hang; a write is awaited to the end, for its outcome. */
  async #outcomeOf<Answer>(call: Call<Answer>, { isWrite }: FetchRequest, context: GatewayContext): Promise<Answer> {
    const giveUp = (): void => call.giveUp()
    const timer = setTimeout(giveUp, Math.ceil(context.deadline - performance.now()))
    const answered = this.options.breaker.watch(isWrite ? undefined : giveUp)
    try {
      return await call.answered
    } finally {
      clearTimeout(timer)
      answered()
    }
  }

  #callFor({ body }: FetchRequest, context: GatewayContext): HttpCall {
    const headers = this.#headersFor(context)
    return new HttpCall(this.options.dispatcher, { origin: this.#origin, path: this.#path, headers, body })
  }

  #headersFor({ requestId, authorization, browser }: GatewayContext): Record<string, string> {
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-request-id': requestId }
    if (authorization !== undefined) headers['authorization'] = authorization
    if (this.options.isIdentity && browser !== undefined) {
      headers['x-forwarded-for'] = browser.address
      if (browser.userAgent !== undefined) headers['user-agent'] = browser.userAgent
      if (browser.cookies !== undefined) headers['cookie'] = browser.cookies
    }
    return headers
  }
}

/** One error for each field (or entity) of the failed fetch. */
function failures(request: FetchRequest, error: unknown): GraphQLFormattedError[] {
  const wasSent = !(error instanceof NotSent) && !failedIn(noConnection, error)
  const { message, category, code } = request.isWrite && wasSent ? outcomeUnknown(error) : unavailable(error)
  return request
    .missingPaths()
    .slice(0, reportedPaths)
    .map((path) => ({ message, path, extensions: { category, code } }))
}

/** The planner writes the operations: a mutation always starts with its keyword. */
const isMutation = (query: string): boolean => query.trimStart().startsWith('mutation')

function missingPaths(query: string, variables: Record<string, unknown> | undefined): readonly ConcretePath[] {
  const representations = variables?.['representations']
  if (Array.isArray(representations)) return representations.map((_, index) => ['_entities', index])
  const selections = getOperationAST(parse(query))?.selectionSet.selections ?? []
  return selections.flatMap((field) => (field.kind === Kind.FIELD ? [[(field.alias ?? field.name).value]] : []))
}

const failedIn = (codes: ReadonlySet<string>, error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && codes.has(String(error.code))
