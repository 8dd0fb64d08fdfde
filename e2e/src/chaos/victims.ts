import type { EngineName } from '@parley/engines/engine'
import { identityOf, isAlive } from '@parley/engines/process-identity'
import type { Stack } from '@parley/launcher/stack'
import type { ServiceName } from '@parley/launcher/workspace'
import { fetchStatus } from './pages.ts'

/** The target of a fault: one service, one engine, or one node of an engine. */
export interface Victim {
  readonly name: string
  /** Null for a service. */
  readonly engine: EngineName | null
  /** The current processes; none when it does not run. */
  readonly pids: (stack: Stack) => readonly number[]
}

const service = (name: ServiceName): Victim => ({
  name,
  engine: null,
  pids: (stack) =>
    stack.services.filter(({ options }) => options.name === name).flatMap(({ identity }) => identity?.pid ?? []),
})

const engine = (name: EngineName): Victim => ({ name, engine: name, pids: ({ engines }) => engines.pids[name] })

const oneRedisNode: Victim = { name: 'redis-1', engine: 'redis', pids: ({ engines }) => engines.pids.redis.slice(0, 1) }

export const victims: readonly Victim[] = [
  ...(['gateway', 'user', 'conversation', 'message', 'notification', 'web'] as const).map(service),
  engine('postgres'),
  oneRedisNode,
  engine('redis'),
  engine('kafka'),
  engine('mongo'),
]

/** SIGKILL, as the kernel sends it when memory runs out. */
export function kill(victim: Victim, stack: Stack): void {
  const pids = victim.pids(stack)
  if (pids.length === 0) throw new Error(`${victim.name} does not run here, so it cannot be killed`)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

/** Rejects unless the victim runs, with all of its nodes, and all parts report ready. */
export async function expectWhole({ name, engine, pids }: Victim, stack: Stack): Promise<void> {
  const dead = pids(stack).filter((pid) => !isAlive(identityOf(pid)))
  if (dead.length > 0) throw new Error(`${name} does not run`)
  const waiting = await notReady(stack)
  if (waiting.length > 0) throw new Error(`Not ready: ${waiting.join(', ')}`)
  if (engine !== null) await stack.engines.ready(engine)
}

/** The services that do not report ready. */
export async function notReady(stack: Stack): Promise<readonly string[]> {
  const asked = await Promise.all(
    stack.services.map(async ({ label, url, options: { name } }) => {
      const status = await fetchStatus(`${url}/health/${name === 'web' ? 'live' : 'ready'}`)
      return status === 200 ? [] : [label]
    }),
  )
  return asked.flat()
}
