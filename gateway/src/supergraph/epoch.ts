import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals'
import { QueryPlanner, type SubscriptionNode } from '@apollo/query-planner'
import { DomainError } from '@parley/kernel/errors'
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { operationLimits } from '../errors/operation-limits'
import { limits } from '../limits'

/** A subscription that was parsed, found valid and planned; holds for every subscriber who sends the same text. */
export interface PlannedSubscription {
  readonly epoch: Epoch
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly operationName: string | undefined
  readonly plan: SubscriptionNode
}

export type Refusal = readonly GraphQLError[]

const rememberedPlans = 1_000
const refuse = (code: ConstructorParameters<typeof DomainError>[0], message: string): Refusal => [
  new GraphQLError(message, { originalError: new DomainError(code, message) }),
]

/** Everything that is derived from one supergraph. A stream keeps the epoch that it was planned in. */
export class Epoch {
  readonly supergraphSchema: GraphQLSchema
  readonly apiSchema: Schema
  readonly schema: GraphQLSchema
  readonly subgraphs: ReturnType<Supergraph['subgraphsMetadata']>
  readonly #planner: QueryPlanner
  readonly #planned = new Map<string, PlannedSubscription>()

  constructor(readonly sdl: string) {
    const supergraph = Supergraph.build(sdl, { validateSupergraph: true })
    this.supergraphSchema = supergraph.schema.toGraphQLJSSchema()
    this.apiSchema = supergraph.apiSchema()
    this.schema = this.apiSchema.toGraphQLJSSchema()
    this.subgraphs = supergraph.subgraphsMetadata()
    this.#planner = new QueryPlanner(supergraph)
  }

  /** May throw on documents that trip the validator or the planner; the caller answers for the operation, not for the socket. */
  planSubscription(query: string, operationName: string | undefined): PlannedSubscription | Refusal {
    const key = `${operationName ?? ''}\n${query}`
    const known = this.#planned.get(key)
    if (known !== undefined) return known
    const planned = this.#plan(query, operationName)
    if ('plan' in planned) {
      if (this.#planned.size >= rememberedPlans) this.#planned.clear()
      this.#planned.set(key, planned)
    }
    return planned
  }

  #plan(query: string, operationName: string | undefined): PlannedSubscription | Refusal {
    const document = parseOrRefuse(query)
    if (!('kind' in document)) return document
    const faults = validate(this.schema, document, [...specifiedRules, operationLimits])
    if (faults.length > 0) return faults.map(asValidationFault)
    const operation = getOperationAST(document, operationName)
    if (!operation) return refuse('GRAPHQL_VALIDATION_FAILED', 'Say which operation is meant (operationName).')
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      return refuse('INVALID_INPUT', 'Only subscriptions run over WebSocket; send queries and mutations over HTTP.')
    }
    const { node: plan } = this.#planner.buildQueryPlan(
      operationFromDocument(this.apiSchema, document, operationName === undefined ? {} : { operationName }),
    )
    if (plan?.kind !== 'Subscription') {
      return refuse('INVALID_INPUT', 'A subscription has exactly one field that no condition takes away.')
    }
    return { epoch: this, document, operation, operationName, plan }
  }
}

function parseOrRefuse(query: string): DocumentNode | Refusal {
  try {
    return parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    if (error instanceof GraphQLError) {
      const { source, positions } = error
      return [new GraphQLError(error.message, { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } })]
    }
    throw error
  }
}

const asValidationFault = (error: GraphQLError): GraphQLError => {
  error.extensions['code'] ??= 'GRAPHQL_VALIDATION_FAILED'
  return error
}
