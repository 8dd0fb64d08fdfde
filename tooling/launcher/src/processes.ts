import { readFileSync } from 'node:fs'
import { descendantsOf } from '@parley/engines/process-identity'
import type { Stack } from './stack.ts'

export interface Row {
  readonly label: string
  /** With all descendants. */
  readonly pids: readonly number[]
}

/** All engines and services that run here, and this launcher. */
export function processesOf(stack: Stack): readonly Row[] {
  const engines = Object.entries(stack.engines.pids).map(([label, pids]) => ({ label, pids }))
  const services = stack.services.map(({ label, identity }) => ({
    label,
    pids: identity === null ? [] : [identity.pid],
  }))
  const below = [...engines, ...services]
    .filter(({ pids }) => pids.length > 0)
    .map(({ label, pids }) => ({ label, pids: withChildren(pids) }))
  return [...below, { label: 'launcher', pids: [process.pid] }]
}

/** With all descendants. */
export const withChildren = (pids: readonly number[]): readonly number[] => [
  ...new Set(pids.flatMap((pid) => [pid, ...descendantsOf(pid).map((child) => child.pid)])),
]

/** Ticks per second of the CPU times in Linux's /proc. */
const ticks = 100

/** The CPU seconds of a process, in user and kernel, in steps of 10 ms; 0 for one that has ended, or without /proc. */
export function cpuSecondsOf(pid: number): number {
  const stat = readProc(pid, 'stat')
  // The second field is the command in parentheses and may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks
}

/** Proportional set size in KiB: shared pages are counted once. 0 for a process that has ended, or without /proc. */
export const kibibytesOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0)

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
