/** A small supergraph with the answers that any gateway must give over it. */
export interface Suite {
  readonly id: string
  readonly subgraphs: readonly SuiteSubgraph[]
  readonly cases: readonly Case[]
}

export interface SuiteSubgraph {
  readonly name: string
  readonly typeDefs: string
  readonly resolvers: Resolvers
}

/** By type and field; the types of parents and arguments are each resolver's own. */
type Resolvers = Readonly<Record<string, Readonly<Record<string, (...args: never[]) => unknown>>>>

/** `{run}` in a query or an answer stands for an id that each run has to itself, since some subgraphs keep a state. */
export interface Case {
  readonly query: string
  /** Null when left out. */
  readonly data?: unknown
  /** Whether the answer has errors; left out where that is the gateway's decision. */
  readonly errors?: boolean
}

/** Whether subgraphs refuse what only a poor plan asks of them. The audit leaves this off by default. */
export const punishesPoorPlans = false
