import { cpuSecondsOf, kibibytesOf, withChildren } from '@parley/launcher/processes'
import type { Stack } from '@parley/launcher/stack'

/** Of one service or engine with all its child processes. */
export interface Figures {
  readonly label: string
  readonly pids: readonly number[]
  readonly mebibytes: number
  /** Since its start. */
  readonly cpuSeconds: number
}

/** Every process of the stack, from Linux's /proc. */
export function figuresOf({ services, engines }: Stack): readonly Figures[] {
  const running = [
    ...services.map(({ label, identity }) => ({ label, pids: identity === null ? [] : [identity.pid] })),
    ...Object.entries(engines.pids).map(([label, pids]) => ({ label, pids })),
  ]
  return running
    .filter(({ pids }) => pids.length > 0)
    .map(({ label, pids }) => {
      const all = withChildren(pids)
      const sum = (measure: (pid: number) => number) => all.reduce((total, pid) => total + measure(pid), 0)
      return { label, pids, mebibytes: sum(kibibytesOf) / 1_024, cpuSeconds: sum(cpuSecondsOf) }
    })
}
