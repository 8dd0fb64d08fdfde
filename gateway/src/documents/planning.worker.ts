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

// The entry of a thread. It imports packages only, so that Node runs this source as it is where nothing is built (in tests).

/** The first message to a thread; documents follow. */
export interface PlanningThreadData {
  readonly sdl: string
  readonly introspection: boolean
}

/** What a thread found out about a document: it is valid and each of its operations has a plan, or it is not. */
export type Finding =
  | { readonly kind: 'planned'; readonly plans: readonly NamedPlan[] }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** It takes more stack, time or memory than it may. */
  | { readonly kind: 'exhausting' }
  /** The validator or the planner has a defect, which is described for the log. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface NamedPlan {
  /** Empty for an operation without a name. */
  readonly name: string
  readonly plan: QueryPlan
}

export interface Fault {
  readonly message: string
  readonly positions: readonly number[]
}

/** The first message of a thread, before its findings. */
export const ready = 'ready'

const reportedFaults = 20
/** Below what answers people: a third of its weight when both want the same core. Linux alone has it per thread. */
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

/** Whatever a document makes the validator or the planner throw is about this document and ends nothing else. */
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
  // People may be waiting for this thread to start, but never because of what it does then.
  if (process.platform === 'linux') setPriority(niceness)
  parentPort?.on('message', (text: string) => {
    parentPort?.postMessage(attempt(() => plan(text)))
  })
  parentPort?.postMessage(ready)
})
