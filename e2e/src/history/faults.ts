import { isAlive, identityOf } from '@parley/engines/process-identity'
import type { EngineName } from '@parley/engines/engine'
import type { Service } from '@parley/launcher/service'
import type { Stack } from '@parley/launcher/stack'

/** Something that is done to a process or engine, and taken back. */
export interface Fault {
  readonly name: string
  readonly make: (stack: Stack) => Promise<void>
  readonly repair: (stack: Stack) => Promise<void>
}

type ServiceName = Service['options']['name']

const label = (name: string, index: number): string => (index === 0 ? name : `${name}-${index + 1}`)

/** kill -9, and started again. */
const killed = (name: ServiceName, index = 0): Fault => ({
  name: `kill ${label(name, index)}`,
  make: (stack) => stack.service(name, index).kill(),
  repair: (stack) => stack.service(name, index).start(),
})

/** Hangs, with all connections open, and goes on as if nothing had been: a stale relay, consumer or follower. */
const stopped = (name: ServiceName, index = 0): Fault => {
  const signal = (stack: Stack, which: NodeJS.Signals) => {
    const { identity } = stack.service(name, index)
    if (identity !== null) process.kill(identity.pid, which)
  }
  return {
    name: `stop ${label(name, index)}`,
    make: async (stack) => signal(stack, 'SIGSTOP'),
    repair: async (stack) => signal(stack, 'SIGCONT'),
  }
}

const killedEngine = (name: EngineName): Fault => ({
  name: `kill ${name}`,
  make: (stack) => stack.engines.killEngine(name),
  repair: (stack) => stack.engines.restartEngine(name),
})

/** `nodes`: how many of its processes. Does nothing to an engine whose processes are not on this machine. */
const stoppedEngine = (name: EngineName, nodes = Infinity): Fault => {
  const signal = ({ engines }: Stack, which: NodeJS.Signals) => {
    for (const pid of engines.pids[name].slice(0, nodes)) if (isAlive(identityOf(pid))) process.kill(pid, which)
  }
  return {
    name: `stop ${nodes === Infinity ? name : `${nodes} node of ${name}`}`,
    make: async (stack) => signal(stack, 'SIGSTOP'),
    repair: async (stack) => signal(stack, 'SIGCONT'),
  }
}

/** For a stack with two gateways and two instances of the message subgraph. */
export const faults: readonly Fault[] = [
  killed('message'),
  killed('message', 1),
  killed('gateway'),
  killed('gateway', 1),
  killed('user'),
  killed('conversation'),
  killed('notification'),
  stopped('message'),
  stopped('message', 1),
  stopped('gateway', 1),
  stopped('conversation'),
  stopped('user'),
  killedEngine('mongo'),
  killedEngine('redis'),
  killedEngine('kafka'),
  killedEngine('postgres'),
  stoppedEngine('mongo'),
  stoppedEngine('redis', 1),
  stoppedEngine('kafka'),
]

export const faultNamed = (name: string): Fault => {
  const found = faults.find((fault) => fault.name === name)
  if (found === undefined)
    throw new Error(`There is no fault ${name}; there are: ${faults.map((one) => one.name).join(', ')}`)
  return found
}
