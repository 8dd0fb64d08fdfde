// Nest loads Apollo Server as an ES module; the CommonJS build is another set of classes.
import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server' with {
  'resolution-mode': 'import',
}
import { DomainError } from '@parley/kernel/errors'
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql'
import { deadlineFromNow, type GatewayContext } from '../context'
import type { Variables } from '../documents/amount'
import { costWithin } from '../documents/cost'
import type { Documents } from '../documents/documents'
import type { Party } from '../documents/fair-line'
import type { KnownDocument } from '../documents/known-document'
import { isBlamed, isKnown, type Outcome } from '../documents/memory'
import { nothingSent } from '../documents/refusals'
import { isSent, sentDocument } from '../documents/sent-document'
import { liftMissingValues } from '../errors/missing-values'
import { shapeGraphQLError } from '../errors/shape-error'
import { RateLimited, type RateLimits } from '../rate-limits'
import { asksForPlainJson } from './answer-type'
import { networkOf } from './client-address'
import { plannedFor } from '../supergraph/epoch-gateway'
import type { SupergraphSource } from '../supergraph/supergraph-source'

/** The gateway's hooks for each step of a request in Apollo Server (HTTP only). */
export const requestPlugin = (supergraph: SupergraphSource, rates: RateLimits): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async ({ request: sent, contextValue }) => {
    const outcome = await admit(supergraph.documents, sent, contextValue)
    return {
      // With a document in its context Apollo Server neither parses nor validates: both were done at admission.
      didResolveSource: async (request) => {
        if (isBlamed(outcome)) rates.countRefusal(request.contextValue)
        Object.assign(request, { document: isKnown(outcome) ? outcome.document : placeholder })
        // A new document may have waited for its plan. That wait has its own limit and must not shorten the time of a
        // write.
        Object.assign(request.contextValue, { deadline: deadlineFromNow() })
      },
      didResolveOperation: async ({ operation, request, contextValue, response }) => {
        if (!isKnown(outcome)) return
        const cost = admitOperation(outcome, operation, request.variables ?? {}, contextValue)
        limitedOverHttp(
          () => rates.takeCost(contextValue, cost, operation?.operation === OperationTypeNode.MUTATION),
          (name, value) => response.http.headers.set(name, value),
        )
      },
      responseForOperation: async ({ response: { http } }) => {
        if (isKnown(outcome)) return null
        const errors = outcome.map(shapeGraphQLError)
        return {
          http: { status: statusOf(errors), headers: http.headers },
          body: { kind: 'single', singleResult: { errors } },
        }
      },
      willSendResponse: async (context) => {
        const { body, http } = context.response
        if (body.kind !== 'single') return
        if (
          http.status === 400 &&
          Boolean(context.request.query) &&
          asksForPlainJson(context.request.http?.headers.get('accept') ?? '')
        )
          http.status = 200
        if (body.singleResult.extensions?.['valueCompletion'] === undefined) return
        const { errors: present = [], ...result } = body.singleResult
        const { errors: missing = [], ...lifted } = liftMissingValues(result satisfies ExecutionResult)
        body.singleResult = { ...lifted, errors: [...present, ...missing.map(shapeGraphQLError)] }
      },
    }
  },
})

/** Apollo Server needs a document even for a request that is refused and not executed. */
const placeholderText = '{ __typename }'
const placeholder = parse(placeholderText)

/** Apollo Server then goes on with the text, as if the client had sent that; it refuses a request with nothing itself. */
async function admit(documents: Documents, request: GraphQLRequest, context: GatewayContext): Promise<Outcome> {
  const sent = sentDocument(request.query, request.extensions)
  if (isSent(sent) && sent.text === undefined && sent.id === undefined) return nothingSent
  const outcome = isSent(sent) ? await documents.admit(sent, partyOf(context)) : sent
  const { persistedQuery: _read, ...extensions } = request.extensions ?? {}
  const query = isKnown(outcome) ? outcome.text : request.query
  Object.assign(request, { query: query === undefined || query === '' ? placeholderText : query, extensions })
  return outcome
}

const partyOf = ({ sessionId, browser }: GatewayContext): Party => ({
  ...(sessionId === undefined ? {} : { session: sessionId }),
  ...(browser === undefined ? {} : { address: networkOf(browser.address) }),
})

/** Returns its cost; throws what a client has done wrong. */
function admitOperation(
  { epoch, operations }: KnownDocument,
  operation: OperationDefinitionNode | undefined,
  variables: Variables,
  context: GatewayContext,
): number {
  // Apollo Server leaves this check to execution when a gateway is used, where it would count as our failure.
  const known = operation && operations.get(operation.name?.value ?? '')
  if (known === undefined) {
    throw badRequest('GRAPHQL_VALIDATION_FAILED', 'Say which operation of the document is meant (operationName).')
  }
  if (known.definition.operation === OperationTypeNode.SUBSCRIPTION) {
    throw badRequest('INVALID_INPUT', 'Subscriptions go over a WebSocket at this address (graphql-transport-ws).')
  }
  const cost = costWithin(known.cost, variables)
  if (typeof cost === 'string') throw badRequest('OPERATION_TOO_COMPLEX', cost)
  plannedFor(context, { epoch, operation: known })
  return cost
}

/** A refusal is sent with status 429 and a `retry-after` header. */
function limitedOverHttp(take: () => void, setHeader: (name: string, value: string) => void): void {
  try {
    take()
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error
    setHeader('retry-after', String(error.retryAfterSeconds))
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 429 } } })
  }
}

/** The clients of persisted queries expect 200 for an id that is not known. */
const statuses: Readonly<Record<string, number>> = {
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  PERSISTED_QUERY_NOT_FOUND: 200,
}

const statusOf = ([error]: readonly GraphQLFormattedError[]): number =>
  statuses[String(error?.extensions?.['code'])] ?? 400

function badRequest(code: string, message: string): GraphQLError {
  return new GraphQLError(message, {
    originalError: new DomainError('input', code, message),
    extensions: { http: { status: 400 } },
  })
}
