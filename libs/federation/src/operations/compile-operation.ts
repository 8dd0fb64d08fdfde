import { operationFromDocument, type Operation, type Schema } from '@apollo/federation-internals'
import type { QueryPlan } from '@apollo/query-planner'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { PlanCompiler } from './compile-plan'
import { type AskSubgraph, Execution, type FetchAnswer, type Step, type Variables } from './execution'
import { copyOf, type JsonObject } from './json-value'
import { type Selection, SelectionReader } from './selection'
import { shape } from './shape'
import { Unusual } from './unusual'
import { compileVariableCheck } from './variables'
import { AnswerWriter } from './write'

/** The schemas of a supergraph: as subgraphs see it, and as clients do. */
export interface Schemas {
  readonly supergraph: GraphQLSchema
  readonly api: GraphQLSchema
  /** The same as `api`, as the gateway package reads it. */
  readonly apollo: Schema
}

export interface OperationAnswer {
  /** The value of `data` as JSON; absent when there is none. */
  readonly data: string | undefined
  readonly errors: readonly Error[]
  /** Non-null values that subgraphs left out without an error. */
  readonly missing: readonly GraphQLError[]
}

/** A planned operation as code. It is shared by all requests for the operation. */
export interface CompiledOperation {
  /** False when graphql-js must look at the variables first; then this operation must not be run. */
  accepts(variables: Variables): boolean
  /** Rejects when the data has another form than the plan says. */
  run(variables: Variables, ask: AskSubgraph): Promise<OperationAnswer>
}

/** The events of a planned subscription, completed by the rest of its plan. */
export interface CompiledEvents {
  /** Leaves the event as it is. */
  run(event: FetchAnswer, variables: Variables, ask: AskSubgraph): Promise<OperationAnswer>
}

interface Planned {
  readonly plan: QueryPlan
  readonly operation: OperationDefinitionNode
  readonly document: DocumentNode
  readonly schemas: Schemas
}

/** Null for what is left to the gateway package: introspection, `@defer`, context arguments, subscriptions. */
export function compileOperation(planned: Planned): CompiledOperation | null {
  return unlessUnusual(() => {
    const { node } = planned.plan
    if (node?.kind === 'Subscription') throw new Unusual('A subscription')
    const program = new Program(planned, (compiler) => node && compiler.compile(node))
    const accepts = compileVariableCheck(planned.schemas.api, planned.operation.variableDefinitions ?? [])
    return { accepts, run: (variables, ask) => program.run(new Execution(variables, ask, undefined)) }
  })
}

/** Null for what is left to the gateway package, and for an operation that is no subscription. */
export function compileEvents(planned: Planned): CompiledEvents | null {
  return unlessUnusual(() => {
    const { node } = planned.plan
    if (node?.kind !== 'Subscription') throw new Unusual('No subscription')
    const { primary, rest } = node
    const program = new Program(planned, (compiler) => {
      const steps = [compiler.event(primary), ...(rest === undefined ? [] : [compiler.compile(rest)])]
      return async (execution, cursor) => {
        for (const step of steps) await step(execution, cursor)
      }
    })
    // The rest of the plan adds to the data, and rewrites change it.
    const isRead = rest === undefined && (primary.outputRewrites ?? []).length === 0
    const own = (event: FetchAnswer): FetchAnswer =>
      isRead ? event : { ...event, data: copyOf(event.data) as FetchAnswer['data'] }
    return { run: (event, variables, ask) => program.run(new Execution(variables, ask, own(event))) }
  })
}

function unlessUnusual<Compiled>(compile: () => Compiled): Compiled | null {
  try {
    return compile()
  } catch (error) {
    if (error instanceof Unusual) return null
    throw error
  }
}

class Program {
  readonly #selection: Selection
  readonly #root: GraphQLObjectType
  readonly #writer: AnswerWriter
  readonly #step: Step | undefined
  readonly #defaults: Readonly<JsonObject>

  constructor(
    private readonly planned: Planned,
    compile: (compiler: PlanCompiler) => Step | undefined,
  ) {
    const { schemas, operation } = planned
    const read = readOperation(planned)
    const defaults = read.collectDefaultedVariableValues() as Readonly<JsonObject>
    this.#defaults = defaults
    this.#selection = new SelectionReader(schemas.api).read(read.selectionSet)
    const root = schemas.api.getRootType(operation.operation)
    if (root === null || root === undefined) throw new Unusual('No root type')
    this.#root = root
    this.#writer = new AnswerWriter(schemas.api, root, this.#selection)
    this.#step = compile(new PlanCompiler(schemas.supergraph, (variable) => defaults[variable]))
  }

  async run(execution: Execution): Promise<OperationAnswer> {
    await this.#step?.(execution, execution.data)
    const { errors } = execution
    try {
      const variables: JsonObject = Object.assign(
        Object.create(null) as JsonObject,
        this.#defaults,
        execution.variables,
      )
      const written = this.#writer.write(execution.data, variables)
      if (written !== undefined) return { data: written, errors, missing: [] }
      const shaped = shape(this.planned.schemas.api, this.#root, this.#selection, execution.data, variables)
      return {
        data: JSON.stringify(shaped.data),
        errors,
        missing: errors.length === 0 ? shaped.errors : [],
      }
    } catch (error) {
      return { data: undefined, errors: [asFailure(error)], missing: [] }
    }
  }
}

const asFailure = (error: unknown): Error =>
  error instanceof GraphQLError || !(error instanceof Error)
    ? (error as Error)
    : new GraphQLError(error.message, { originalError: error })

/** As the gateway package reads it, so that repeated fields are merged in the same way. */
function readOperation({ schemas, document, operation }: Planned): Operation {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return operationFromDocument(
    schemas.apollo,
    { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
    { validate: false },
  )
}
