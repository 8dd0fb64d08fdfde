import { kibibytesOf, processesOf } from './processes.ts'
import type { Stack } from './stack.ts'

const megabyte = 1024

/** One line per process and their sum; child processes count with their parent. */
export function printMemory(stack: Stack, say: (line: string) => void): void {
  const rows = processesOf(stack).map(({ label, pids }) => ({
    label,
    kib: pids.reduce((sum, pid) => sum + kibibytesOf(pid), 0),
  }))
  const line = (label: string, kib: number) => say(`${label.padEnd(32)} ${(kib / megabyte).toFixed(0).padStart(6)} MiB`)
  say('\nMemory, idle')
  for (const { label, kib } of rows) line(label, kib)
  line(
    'all',
    rows.reduce((sum, { kib }) => sum + kib, 0),
  )
}
