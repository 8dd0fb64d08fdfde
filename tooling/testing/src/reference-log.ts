import { operationsOf } from './history.ts'
import type { Entry, Operation } from './history.ts'

/**
 * The reference log: by conversation and seq, ascending, what was read back. If logs differ, the first counts; I3
 * reports the difference.
 */
export function logsOf(history: readonly Operation[]): ReadonlyMap<string, ReadonlyMap<number, Entry>> {
  const logs = new Map<string, Map<number, Entry>>()
  for (const { conversation, entries } of operationsOf(history, 'read-back')) {
    const log = logs.get(conversation) ?? new Map<number, Entry>()
    for (const entry of entries) if (!log.has(entry.seq)) log.set(entry.seq, entry)
    logs.set(conversation, log)
  }
  for (const [conversation, log] of logs)
    logs.set(conversation, new Map([...log].toSorted(([one], [other]) => one - other)))
  return logs
}
