import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { descendantsOf } from '@parley/engines/process-identity'
import type { Stack } from '@parley/launcher/stack'

/** Of one service or engine with all its children. */
export interface Figures {
  readonly label: string
  readonly pids: readonly number[]
  readonly mebibytes: number
  /** Since it was started. */
  readonly cpuSeconds: number
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** Every process of the stack, by Linux's /proc. */
export function figuresOf({ services, engines }: Stack): readonly Figures[] {
  const running = [
    ...services.map(({ label, identity }) => ({ label, pids: identity === null ? [] : [identity.pid] })),
    ...Object.entries(engines.pids).map(([label, pids]) => ({ label, pids })),
  ]
  return running
    .filter(({ pids }) => pids.length > 0)
    .map(({ label, pids }) => {
      const all = [...new Set(pids.flatMap((pid) => [pid, ...descendantsOf(pid).map((child) => child.pid)]))]
      const sum = (measure: (pid: number) => number) => all.reduce((total, pid) => total + measure(pid), 0)
      return { label, pids, mebibytes: sum(residentOf), cpuSeconds: sum(cpuOf) }
    })
}

/** Proportional set size: pages that several processes share are counted once. */
const residentOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) / 1_024

function cpuOf(pid: number): number {
  const stat = readProc(pid, 'stat')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond
}

/** Empty for a process that has just gone. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
