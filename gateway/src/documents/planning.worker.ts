import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'

// The entry point of the worker thread. It imports packages only, so that Node can run this source unbuilt (in tests).

/** The first message to the thread; documents follow. */
export interface PlanningThreadData {
  readonly sdl: string
  readonly introspection: boolean
}

/** The result for a document: valid with a plan for each operation, or not. */
export type Finding =
  | { readonly kind: 'planned'; readonly plans: readonly NamedPlan[] }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** It exceeded the stack, time or memory limit. */
  | { readonly kind: 'exhausting' }
  /** A defect of the validator or the planner; the reason is for the log. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface NamedPlan {
  /** Empty for an anonymous operation. */
  readonly name: string
  readonly plan: QueryPlan
}

export interface Fault {
  readonly message: string
  readonly positions: readonly number[]
}

/** The first message from the thread, before its findings. */
export const ready = 'ready'

const reportedFaults = 20
/**
 * Lower priority than the thread that serves requests: a third of its CPU weight on a shared core. Per thread on Linux
 * only.
 */
const niceness = 15

function createPlanner({ sdl, introspection }: PlanningThreadData): (text: string) => Finding {
  const supergraph = Supergraph.build(sdl)
  const apiSchema = supergraph.apiSchema()
  const schema: GraphQLSchema = apiSchema.toGraphQLJSSchema()
  const planner = new QueryPlanner(supergraph)
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const planOf = (document: DocumentNode, operationName: string): QueryPlan =>
    planner.buildQueryPlan(operationFromDocument(apiSchema, document, operationName === '' ? {} : { operationName }))
  return (text) => {
    const document = parse(text)
    const faults = validate(schema, document, rules, { maxErrors: reportedFaults })
    if (faults.length > 0) return { kind: 'invalid', faults: faults.map(faultOf) }
    const names = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? ''] : [],
    )
    return { kind: 'planned', plans: names.map((name) => ({ name, plan: planOf(document, name) })) }
  }
}

const faultOf = ({ message, positions }: GraphQLError): Fault => ({ message, positions: [...(positions ?? [])] })

/** An exception of the validator or the planner concerns this document only and must not end the thread. */
function attempt(find: () => Finding): Finding {
  try {
    return find()
  } catch (error) {
    if (error instanceof GraphQLError) return { kind: 'invalid', faults: [faultOf(error)] }
    if (error instanceof RangeError) return { kind: 'exhausting' }
    return { kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.once('message', (data: PlanningThreadData) => {
  const plan = createPlanner(data)
  // Requests may wait for this thread to start, so its priority is lowered only after loading.
  if (process.platform === 'linux') setPriority(niceness)
  parentPort?.on('message', (text: string) => {
    parentPort?.postMessage(attempt(() => plan(text)))
  })
  parentPort?.postMessage(ready)
})
