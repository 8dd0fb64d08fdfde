import type { Service } from '@parley/launcher/service'
import type { Stack } from '@parley/launcher/stack'
import type { Subgraph } from '@parley/launcher/workspace'

/** A kind of fault of one subgraph. */
export interface Fault {
  readonly name: string
  /** Whether the subgraph's fields are missing during the fault. */
  readonly isOutage: boolean
  readonly make: (stack: Stack, subgraph: Subgraph) => Promise<void>
  readonly takeBack: (stack: Stack, subgraph: Subgraph) => Promise<void>
}

/** Connections are refused. */
export const away: Fault = {
  name: 'away',
  isOutage: true,
  make: (stack, subgraph) => stack.service(subgraph).kill(),
  takeBack: (stack, subgraph) => stack.service(subgraph).start(),
}

/** Accepts connections and never answers. */
export const hung: Fault = {
  name: 'hung',
  isOutage: true,
  make: async (stack, subgraph) => signal(stack.service(subgraph), 'SIGSTOP'),
  takeBack: async (stack, subgraph) => signal(stack.service(subgraph), 'SIGCONT'),
}

function signal({ label, identity }: Service, name: NodeJS.Signals): void {
  if (identity === null) throw new Error(`${label} does not run`)
  process.kill(identity.pid, name)
}
