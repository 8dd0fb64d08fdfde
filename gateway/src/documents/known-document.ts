import {
  type CompiledEvents,
  compileEvents,
  type CompiledOperation,
  compileOperation,
} from '@parley/federation/operations/compile-operation'
import type { QueryPlan } from '@apollo/query-planner'
import { Logger } from '@nestjs/common'
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql'
import type { Epoch } from '../supergraph/epoch'
import { type Cost, costOf } from './cost'
import type { NamedPlan } from './planning.worker'

export interface KnownOperation {
  readonly definition: OperationDefinitionNode
  readonly plan: QueryPlan
  readonly cost: Cost
  /** Compiled when it is asked for first; null for what is left to the gateway package. */
  compiled(): CompiledOperation | null
  /** The same for the events of a subscription. */
  compiledEvents(): CompiledEvents | null
}

/** A document that was parsed, validated and planned; shared by all callers that send the same text. */
export interface KnownDocument {
  readonly epoch: Epoch
  readonly text: string
  readonly document: DocumentNode
  /** By name; the anonymous operation by an empty one. */
  readonly operations: ReadonlyMap<string, KnownOperation>
  /** The estimated memory that it takes. */
  readonly bytes: number
}

/** A node of the syntax tree takes this many times the bytes of its text; measured on documents of 10 KB. */
const treeBytesPerCharacter = 40

export function knownDocument(
  epoch: Epoch,
  text: string,
  document: DocumentNode,
  plans: readonly NamedPlan[],
): KnownDocument {
  const operations = new Map<string, KnownOperation>()
  let bytes = text.length * treeBytesPerCharacter
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const name = definition.name?.value ?? ''
    const plan = plans.find((each) => each.name === name)?.plan
    if (plan === undefined) continue
    bytes += 2 * JSON.stringify(plan).length
    const planned = { plan, operation: definition, document, schemas: epoch.schemas }
    operations.set(name, {
      definition,
      plan,
      cost: costOf(definition, document, epoch.schema, epoch.costs),
      compiled: onceOrNull(() => compileOperation(planned)),
      compiledEvents: onceOrNull(() => compileEvents(planned)),
    })
  }
  return { epoch, text, document, operations, bytes }
}

const logger = new Logger('Documents')

/** A defect of the compiler costs speed, not answers: the gateway package executes the operation. */
function onceOrNull<Made>(make: () => Made | null): () => Made | null {
  let made: { readonly value: Made | null } | undefined
  const attempt = () => {
    try {
      return make()
    } catch (error) {
      logger.error({ err: error }, 'An operation cannot be compiled')
      return null
    }
  }
  return () => (made ??= { value: attempt() }).value
}
