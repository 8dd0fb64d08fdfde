import type { GraphQLFormattedError } from 'graphql'
import type { FetchOperation } from './fetch-operation'
import type { JsonObject } from './json-value'
import type { ConcretePath } from './paths'

/** The parts of a request whose document is sent again and again. */
export interface FetchParts {
  readonly operation: FetchOperation
  /** The values of its variables, a JSON object. */
  readonly variables: string
}

/** A request to a subgraph that is ready to be sent. */
export interface FetchRequest {
  /** `{"query":…,"variables":…,"operationName":…}` as JSON. */
  readonly body: string
  /** Absent for a document that may be sent only once. */
  readonly parts?: FetchParts
  /** It is sent once, and an unknown outcome is reported as such. */
  readonly isWrite: boolean
  /**
   * The paths, in the subgraph's answer, of what is missing when the subgraph does not answer. To be called only then.
   */
  missingPaths(): readonly ConcretePath[]
  /** For a fetch of entities: what it takes to ask for others in the same request. */
  readonly entities?: {
    /** The same for all requests that may be joined when their variables are the same. */
    readonly fetch: object
    /** As JSON. */
    readonly representations: readonly string[]
    partsFor(representations: readonly string[]): FetchParts
  }
}

export interface FetchAnswer {
  readonly data: JsonObject | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** Sends a request to a subgraph. A rejection counts as an error of this fetch alone. */
export type AskSubgraph = (subgraph: string, request: FetchRequest) => Promise<FetchAnswer>

export type Variables = Readonly<Record<string, unknown>>

/** What one run of a plan has gathered so far. */
export class Execution {
  readonly data = Object.create(null) as JsonObject
  /** Of subgraphs, with the path in the client's answer; others are failures of this gateway or a subgraph's answer. */
  readonly errors: Error[] = []

  constructor(
    readonly variables: Variables,
    readonly ask: AskSubgraph,
    /** The answer to the first fetch of a subscription's plan. */
    readonly event: FetchAnswer | undefined,
  ) {}
}

/** A compiled node of a plan; `cursor` is the data that it works on. Rejects only when the whole operation fails. */
export type Step = (execution: Execution, cursor: unknown) => Promise<void> | undefined
