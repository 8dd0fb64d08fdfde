import { operationFromDocument, type Schema } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql'
import { type CompiledOperation, compileOperation, type OperationAnswer } from '../../operations/compile-operation'
import type { AskSubgraph } from '../../operations/execution'
import type { RandomGraph } from './random-graph'
import type { RandomOperation } from './random-operation'
import { type Body, type Faults, RandomSubgraph } from './random-subgraph'

type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** An answer in a form that can be compared: errors sorted, since those of parallel fetches come in any order. */
export interface Comparable {
  readonly data?: unknown
  readonly errors?: readonly string[]
  readonly missing?: readonly string[]
  /** The operation has no answer at all. */
  readonly isRejected?: true
}

export interface Both {
  readonly reference: Comparable
  readonly compiled: Comparable
  /** The bodies of the requests that each has sent. */
  readonly sent: { readonly reference: readonly string[]; readonly compiled: readonly string[] }
}

/** Runs operations over a random graph with the gateway package's executor and with compiled code. */
export class BothWays {
  readonly #planner: QueryPlanner
  readonly #apollo: Schema
  readonly api: GraphQLSchema
  readonly #supergraph: GraphQLSchema
  readonly #subgraphs: readonly RandomSubgraph[]

  constructor({ supergraph, typeDefs }: RandomGraph) {
    this.#planner = new QueryPlanner(supergraph)
    this.#apollo = supergraph.apiSchema()
    this.api = this.#apollo.toGraphQLJSSchema()
    this.#supergraph = supergraph.schema.toGraphQLJSSchema()
    this.#subgraphs = [...typeDefs].map(([name, document]) => new RandomSubgraph(name, document))
  }

  /** Undefined for an invalid operation. */
  prepare({ text, variables }: RandomOperation): Prepared | undefined {
    const document = parse(text)
    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
    if (operation === undefined || validate(this.api, document, specifiedRules).length > 0) return undefined
    const plan = this.#planner.buildQueryPlan(operationFromDocument(this.#apollo, document))
    const schemas = { supergraph: this.#supergraph, api: this.api, apollo: this.#apollo }
    return { document, plan, variables, compiled: compileOperation({ plan, operation, document, schemas }) }
  }

  async run(prepared: Prepared, seed: number, faults: Faults): Promise<Both> {
    const sent = { reference: [] as string[], compiled: [] as string[] }
    const answer = (name: string, body: string, log: string[]) => {
      log.push(`${name} ${body}`)
      const subgraph = this.#subgraphs.find((each) => each.name === name)
      if (subgraph === undefined) throw new Error(`No subgraph ${name}`)
      return subgraph.answer(JSON.parse(body) as Body, seed, faults)
    }
    const reference = await this.#reference(prepared, (name, body) => answer(name, body, sent.reference))
    const compiled = await this.#compiled(prepared, async (name, { body }) => answer(name, body, sent.compiled))
    return { reference, compiled, sent }
  }

  async #reference(
    { plan, document, variables }: Prepared,
    answer: (name: string, body: string) => unknown,
  ): Promise<Comparable> {
    const services = Object.fromEntries(
      this.#subgraphs.map(({ name }) => [
        name,
        {
          process: async ({ request: { query, variables: used, operationName } }) =>
            answer(name, JSON.stringify({ query, variables: used, operationName })),
        } as ServiceMap[string],
      ]),
    )
    const context = { request: { variables }, context: {}, metrics: {}, logger: console } as unknown as RequestContext
    const operation = buildOperationContext({ schema: this.api, operationDocument: document })
    try {
      const result = await executeQueryPlan(plan, services, context, operation, this.#supergraph, this.#apollo)
      const missing = (result.extensions?.['valueCompletion'] ?? []) as GraphQLError[]
      return comparable({ data: result.data, errors: result.errors ?? [], missing })
    } catch {
      return { isRejected: true }
    }
  }

  async #compiled({ compiled, variables }: Prepared, ask: AskSubgraph): Promise<Comparable> {
    if (compiled === null) throw new Error('Nothing was compiled')
    if (!compiled.accepts(variables)) throw new Error('The variables were not accepted')
    let answer: OperationAnswer
    try {
      answer = await compiled.run(variables, ask)
    } catch {
      return { isRejected: true }
    }
    const { data, errors, missing } = answer
    return comparable({ data: data === undefined ? undefined : JSON.parse(data), errors, missing })
  }
}

interface Prepared {
  readonly document: DocumentNode
  readonly plan: QueryPlan
  readonly variables: RandomOperation['variables']
  readonly compiled: CompiledOperation | null
}

function comparable(result: {
  data: unknown
  errors: readonly unknown[]
  missing: readonly GraphQLError[]
}): Comparable {
  return {
    ...(result.data === undefined ? {} : { data: JSON.parse(JSON.stringify(result.data)) as unknown }),
    errors: result.errors.map(textOf).sort(),
    missing: result.missing.map(textOf).sort(),
  }
}

/** Of an error that is not meant for clients, its existence; of the others everything, keys in one order. */
function textOf(error: unknown): string {
  if (!(error instanceof GraphQLError) || error.originalError instanceof Error) return 'a failure'
  const { message, path, extensions } = error
  return JSON.stringify([message, path ?? null, Object.entries(extensions).sort()])
}
