import { descendantsOf } from '@parley/engines/process-identity'
import type { Stack } from './stack.ts'

export interface Row {
  readonly label: string
  /** With children and theirs. */
  readonly pids: readonly number[]
}

/** Every engine and service that runs here, and this launcher. */
export function processesOf(stack: Stack): readonly Row[] {
  const engines = Object.entries(stack.engines.pids).map(([label, pids]) => ({ label, pids }))
  const services = stack.services.map(({ label, identity }) => ({
    label,
    pids: identity === null ? [] : [identity.pid],
  }))
  const below = [...engines, ...services]
    .filter(({ pids }) => pids.length > 0)
    .map(({ label, pids }) => ({
      label,
      pids: [...new Set(pids.flatMap((pid) => [pid, ...descendantsOf(pid).map((child) => child.pid)]))],
    }))
  return [...below, { label: 'launcher', pids: [process.pid] }]
}
