import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants, getPriority, setPriority } from 'node:os'
import { createInterface } from 'node:readline'

/**
 * Pinning needs Linux's taskset and chrt and a second core; without them a result cannot be assigned to one process.
 */
export const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    execFileSync('chrt', ['-p', String(process.pid)], { stdio: 'ignore' })
    return availableParallelism() > 1
  } catch {
    return false
  }
})()

/** All threads of the process; threads that it starts later inherit it. */
export function pin(pid: number, core: number): void {
  if (canPin) execFileSync('taskset', ['-apc', String(core), String(pid)], { stdio: 'ignore' })
}

/** The nice value of a session of processes; null where the kernel has no such groups. */
function groupNice(pid: number): number | null {
  try {
    const isOn = readFileSync('/proc/sys/kernel/sched_autogroup_enabled', 'utf8').trim() === '1'
    const nice = /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]
    return isOn && nice !== undefined ? Number(nice) : null
  } catch {
    return null
  }
}

/**
 * By default Linux gives each session (setsid) the same share of a core (sched_autogroup), and nice values count within
 * a session only: between sessions the session's own value counts.
 */
function setNice(pid: number, nice: number): void {
  if (groupNice(pid) === null) setPriority(pid, nice)
  else writeFileSync(`/proc/${pid}/autogroup`, String(nice))
}

/** Gives the process priority on its core until the result is called; null without root permission. */
export function prefer(pid: number): (() => void) | null {
  const usual = groupNice(pid) ?? getPriority(pid)
  try {
    if (canPin) setNice(pid, constants.priority.PRIORITY_HIGHEST)
    return canPin ? () => setNice(pid, usual) : null
  } catch {
    return null
  }
}

/** A process that does its work once per request. */
export interface Worker {
  /** Resolves with the line that it prints when it is done. */
  readonly work: () => Promise<string>
  readonly end: () => Promise<void>
}

/**
 * Starts a script on one core, where it runs only when the core is idle otherwise. It simulates an attacker with its
 * own machine: a core with such a process counts as idle, so the kernel still schedules others there. With nice alone
 * it would move subgraphs to the gateway's core, where they delay the gateway during its calls to them. It gets its own
 * session with the lowest weight: in ours it would share our weight.
 */
export async function startBehind(core: number, script: string, args: readonly string[]): Promise<Worker> {
  const command = canPin ? ['taskset', '-c', String(core), 'chrt', '--idle', '0'] : ['nice', '-n', '19']
  const [program = '', ...before] = command
  const child = spawn(program, [...before, process.execPath, script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  if (canPin && child.pid !== undefined) setNice(child.pid, constants.priority.PRIORITY_LOW)
  const ended = once(child, 'close')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const line = async (): Promise<string> => {
    const { done, value } = await lines.next()
    if (done === true) throw new Error(`${script} ended with ${String(child.exitCode)}`)
    return value
  }
  await line()
  return {
    work: async () => {
      child.stdin.write('\n')
      return await line()
    },
    end: async () => {
      child.stdin.end()
      await ended
    },
  }
}
