import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  OperationTypeNode,
} from 'graphql'
import { toGraphQLError } from './errors'
import { isDocument, type KnownDocuments } from './known-documents'

export interface ShortWayOptions {
  readonly path: string
  readonly executor: ShortExecutor
  readonly contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<object>
  /** Called for every request that it answers. */
  readonly onAnswer?: () => void
}

/** What an operation is run with. */
export interface Asked {
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** Executes queries and mutations of known documents with the schema of a subgraph. */
export class ShortExecutor {
  constructor(
    private readonly schema: GraphQLSchema,
    readonly documents: KnownDocuments,
  ) {}

  /** A valid document; null for any other. */
  documentOf(text: string): DocumentNode | null {
    try {
      const read = this.documents.read(text)
      return isDocument(read) ? read : null
    } catch {
      return null
    }
  }

  /** For a document with such an operation. Null for refused variables: nothing has been executed then. */
  async execute(
    document: DocumentNode,
    { operationName, variables }: Asked,
    contextValue: object,
  ): Promise<ExecutionResult | null> {
    const result = await execute({
      schema: this.schema,
      document,
      contextValue,
      ...(operationName === undefined ? {} : { operationName }),
      ...(variables === undefined ? {} : { variableValues: variables }),
    })
    // Without data the variables were refused, and no resolver was called.
    return 'data' in result ? result : null
  }
}

/** Whether the operation is a query or a mutation. */
export const isShort = (document: DocumentNode, operationName: string | null | undefined): boolean =>
  (getOperationAST(document, operationName)?.operation ?? OperationTypeNode.SUBSCRIPTION) !==
  OperationTypeNode.SUBSCRIPTION

interface PlainRequest extends Asked {
  readonly query: string
}

/**
 * Answers what the gateway sends all the time without Apollo Server's pipeline: a POST of JSON with a valid query or
 * mutation. Everything else (GET, other media types, batches, persisted queries, refused documents and variables, an
 * identity that cannot be checked) goes on to Apollo Server, before anything was executed. Both execute the same schema
 * with the same context, and shape errors by the same function.
 */
export function takeShortWay(http: FastifyInstance, options: ShortWayOptions): void {
  http.addHook('onRoute', (route) => {
    if (route.url !== options.path || ![route.method].flat().includes('POST')) return
    route.handler = shortHandler(route.handler, options)
  })
}

function shortHandler(apollo: RouteHandlerMethod, options: ShortWayOptions): RouteHandlerMethod {
  return async function handle(request, reply) {
    const asked = plainRequest(request)
    const result = asked === null ? null : await answer(asked, request, reply, options)
    if (result === null)
      return Reflect.apply<typeof this, [FastifyRequest, FastifyReply], unknown>(apollo, this, [request, reply])
    options.onAnswer?.()
    void reply.header('cache-control', 'no-store').type('application/json; charset=utf-8')
    return bodyOf(result)
  }
}

/** Null for what only Apollo Server answers. */
async function answer(
  { query, ...asked }: PlainRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  { executor, contextOf }: ShortWayOptions,
): Promise<ExecutionResult | null> {
  const document = executor.documentOf(query)
  if (document === null || !isShort(document, asked.operationName)) return null
  const context = await contextOf(request, reply).catch(() => null)
  return context && executor.execute(document, asked, context)
}

/** A request without anything that Apollo Server would handle in a special way. */
function plainRequest({ method, headers, body, url }: FastifyRequest): PlainRequest | null {
  if ('apollo-federation-include-trace' in headers) return null
  if (method !== 'POST' || url.includes('?') || !isPlainJson(headers['content-type']) || !isAny(headers.accept))
    return null
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null
  const { query, operationName, variables, extensions } = body as Record<string, unknown>
  const isPlain =
    typeof query === 'string' &&
    (operationName === undefined || operationName === null || typeof operationName === 'string') &&
    (variables === undefined || (typeof variables === 'object' && !Array.isArray(variables))) &&
    (extensions === undefined || extensions === null)
  return isPlain ? (body as PlainRequest) : null
}

const isPlainJson = (type: string | undefined): boolean =>
  type === 'application/json' || type === 'application/json; charset=utf-8'
const isAny = (accept: string | undefined): boolean =>
  accept === undefined || accept === '*/*' || accept === 'application/json'

/** The result as JSON: errors first, as Apollo Server writes them. */
export function bodyOf({ data, errors }: ExecutionResult): string {
  if (errors === undefined) return `{"data":${JSON.stringify(data)}}`
  const shaped = errors.map((error) => toGraphQLError(error.toJSON(), error))
  return JSON.stringify({ errors: shaped, data })
}
