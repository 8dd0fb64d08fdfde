import { setTimeout as pause } from 'node:timers/promises'
import { cpuSecondsOf, processesOf } from './processes.ts'
import type { Stack } from './stack.ts'

/** Compilers and garbage collectors are busy after a start for this long. */
const settleMs = 60_000
const measureMs = 30_000

/** The CPU use of each process without load, measured over half a minute. */
export async function printIdle(stack: Stack, say: (line: string) => void): Promise<void> {
  await pause(settleMs)
  const rows = processesOf(stack).map(({ label, pids }) => ({ label, pids, before: pids.map(cpuSecondsOf) }))
  const begun = performance.now()
  await pause(measureMs)
  const seconds = (performance.now() - begun) / 1_000
  const shares = rows.map(({ label, pids, before }) => {
    const used = pids.reduce((sum, pid, index) => sum + Math.max(0, cpuSecondsOf(pid) - (before[index] ?? 0)), 0)
    return { label, share: used / seconds }
  })
  const line = (label: string, share: number) => say(`${label.padEnd(32)} ${(share * 100).toFixed(2).padStart(6)} %`)
  say(`\nCPU, idle for ${seconds.toFixed(0)} s, of one core`)
  for (const { label, share } of shares) line(label, share)
  line(
    'all',
    shares.reduce((sum, { share }) => sum + share, 0),
  )
}
