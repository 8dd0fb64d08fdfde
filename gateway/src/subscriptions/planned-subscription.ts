import type { CompiledEvents } from '@parley/federation/operations/compile-operation'
import type { SubscriptionNode } from '@apollo/query-planner'
import { type DocumentNode, getVariableValues, type OperationDefinitionNode, OperationTypeNode } from 'graphql'
import type { Variables } from '../documents/amount'
import { costWithin } from '../documents/cost'
import type { KnownDocument } from '../documents/known-document'
import { type Refusal, refusalOf } from '../documents/refusals'
import type { Epoch } from '../supergraph/epoch'

/** A subscription of a known document. */
export interface PlannedSubscription {
  readonly epoch: Epoch
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly operationName: string | undefined
  readonly plan: SubscriptionNode
  /** Of one event. */
  readonly cost: number
  /** Null for what is left to the gateway package. */
  readonly compiled: CompiledEvents | null
  /** The variables that it declares, coerced. */
  readonly values: Variables
}

/** The selected subscription, or why it cannot run with these variables. */
export function planSubscription(
  { epoch, document, operations }: KnownDocument,
  operationName: string | undefined,
  variables: Variables,
): PlannedSubscription | Refusal {
  const [only] = operations.size === 1 ? operations.values() : []
  const known = operationName === undefined ? only : operations.get(operationName)
  if (known === undefined) {
    return refusalOf('input', 'GRAPHQL_VALIDATION_FAILED', 'Say which operation is meant (operationName).')
  }
  const { definition, plan } = known
  if (definition.operation !== OperationTypeNode.SUBSCRIPTION || plan.node?.kind !== 'Subscription') {
    return refusalOf(
      'input',
      'INVALID_INPUT',
      'Only subscriptions run over WebSocket; send queries and mutations over HTTP.',
    )
  }
  const { errors, coerced } = getVariableValues(epoch.schema, definition.variableDefinitions ?? [], variables)
  if (errors !== undefined) return errors
  const cost = costWithin(known.cost, variables)
  if (typeof cost === 'string') return refusalOf('input', 'OPERATION_TOO_COMPLEX', cost)
  return {
    epoch,
    document,
    operation: definition,
    operationName,
    plan: plan.node,
    cost,
    compiled: known.compiledEvents(),
    values: coerced,
  }
}
