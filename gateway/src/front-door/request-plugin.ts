// Nest loads Apollo Server as an ES module; the CommonJS build is another set of classes.
import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server' with { 'resolution-mode': 'import' }
import { DomainError, type ErrorCode } from '@parley/kernel/errors'
import { type ExecutionResult, GraphQLError, OperationTypeNode } from 'graphql'
import type { GatewayContext } from '../context'
import { liftMissingValues } from '../errors/missing-values'
import { shapeGraphQLError } from '../errors/shape-error'
import { RateLimited, type RateLimits } from '../rate-limits'

/** What Apollo Server leaves out for a gateway, at each step of a request over HTTP. */
export const requestPlugin = (rates: RateLimits): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, contextValue, response }) => {
      // In front of a gateway Apollo Server leaves this to execution, where it would count as a failure of ours.
      if (operation === undefined) {
        throw badRequest('GRAPHQL_VALIDATION_FAILED', 'Say which operation of the document is meant (operationName).')
      }
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
        throw badRequest('INVALID_INPUT', 'Subscriptions go over a WebSocket at this address (graphql-transport-ws).')
      }
      if (operation.operation === OperationTypeNode.MUTATION) {
        limitedOverHttp(
          () => rates.takeMutation(contextValue),
          (name, value) => response.http.headers.set(name, value),
        )
      }
    },
    willSendResponse: async (context) => {
      const { body, http } = context.response
      if (body.kind !== 'single') return
      if (http.status === 400 && Boolean(context.request.query) && asksForPlainJson(context)) http.status = 200
      if (body.singleResult.extensions?.['valueCompletion'] === undefined) return
      const { errors: present = [], ...result } = body.singleResult
      const { errors: missing = [], ...lifted } = liftMissingValues(result satisfies ExecutionResult)
      body.singleResult = { ...lifted, errors: [...present, ...missing.map(shapeGraphQLError)] }
    },
  }),
})

/** A refusal goes out with status 429 and says in a header when to come back. */
export function limitedOverHttp(take: () => void, setHeader: (name: string, value: string) => void): void {
  try {
    take()
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error
    setHeader('retry-after', String(error.retryAfterSeconds))
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 429 } } })
  }
}

/** GraphQL over HTTP: to clients of this older type a document that fails is an answer like another, with status 200. */
function asksForPlainJson({ request }: GraphQLRequestContext<GatewayContext>): boolean {
  const accept = request.http?.headers.get('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('application/graphql-response+json')
}

function badRequest(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, {
    originalError: new DomainError(code, message),
    extensions: { http: { status: 400 } },
  })
}
