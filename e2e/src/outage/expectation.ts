import type { Subgraph } from '@parley/launcher/workspace'
import type { Client } from '@parley/testing/client'

/** The users and objects of the operations; what an operation consumes is created anew for each outage. */
export interface World {
  readonly ann: Client
  readonly ben: Client
  /** Her only conversation. */
  readonly cleo: Client
  readonly conversation: string
  /** One of Ann's in that conversation. */
  readonly message: string
  /** Another one of hers, to be deleted, which may be done again and again. */
  readonly doomed: string
  /** A session that an operation ends or refreshes. */
  readonly leaver: Client
  readonly renewer: Client
  /** A group of Ben's, which Ann leaves. */
  readonly leavable: string
  /** Did not exist before. */
  readonly unique: string
  readonly uuid: () => string
}

export interface Expectation {
  /** Without this subgraph the operation is impossible: a typed error is expected. */
  readonly owner: Subgraph
  /** Parts of the answer, `a.0.b` for lists, that must be present when nothing is down. */
  readonly whole: readonly string[]
  /** Parts that must still be present while another subgraph is down; all of `whole` for one that is not listed. */
  readonly without?: Partial<Record<Subgraph, readonly string[]>>
  /** The caller; Ann by default. */
  readonly as?: (world: World) => Client
  readonly variables: (world: World) => Record<string, unknown>
}

export type Expectations = Readonly<Record<string, Expectation>>

/** These parts below a path. */
export const under = (path: string, parts: readonly string[]): readonly string[] =>
  parts.map((part) => `${path}.${part}`)
