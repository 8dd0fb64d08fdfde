import type { Service } from '@parley/launcher/service'
import type { Stack } from '@parley/launcher/stack'
import type { Subgraph } from '@parley/launcher/workspace'

/** A kind of trouble that one subgraph is in. */
export interface Fault {
  readonly name: string
  /** Whether what the subgraph owns is missing meanwhile. */
  readonly isOutage: boolean
  readonly make: (stack: Stack, subgraph: Subgraph) => Promise<void>
  readonly takeBack: (stack: Stack, subgraph: Subgraph) => Promise<void>
}

/** Nothing listens there. */
export const away: Fault = {
  name: 'away',
  isOutage: true,
  make: (stack, subgraph) => stack.service(subgraph).kill(),
  takeBack: (stack, subgraph) => stack.service(subgraph).start(),
}

/** Takes connections and never answers. */
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
