// Nest loads Apollo Server as an ES module; the CommonJS build is another set of classes.
import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server' with { 'resolution-mode': 'import' }
import { DomainError, type ErrorCode } from '@parley/kernel/errors'
import { type ExecutionResult, GraphQLError, OperationTypeNode } from 'graphql'
import type { GatewayContext } from '../context'
import { liftMissingValues } from '../errors/missing-values'
import { shapeGraphQLError } from '../errors/shape-error'

/** What Apollo Server leaves out for a gateway, at each step of a request over HTTP. */
export const requestPlugin: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      // In front of a gateway Apollo Server leaves this to execution, where it would count as a failure of ours.
      if (operation === undefined) {
        throw badRequest('GRAPHQL_VALIDATION_FAILED', 'Say which operation of the document is meant (operationName).')
      }
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
        throw badRequest('INVALID_INPUT', 'Subscriptions go over a WebSocket at this address (graphql-transport-ws).')
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
