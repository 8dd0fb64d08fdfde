import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'

/** Pinning needs Linux's taskset and chrt and a second core; without them a result says nothing about one process alone. */
export const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    execFileSync('chrt', ['-p', String(process.pid)], { stdio: 'ignore' })
    return availableParallelism() > 1
  } catch {
    return false
  }
})()

/** Every thread of the process; those that it starts later inherit it. */
export function pin(pid: number, core: number): void {
  if (canPin) execFileSync('taskset', ['-apc', String(core), String(pid)], { stdio: 'ignore' })
}

/** A process that waits to be told to begin. */
export interface Waiting {
  /** Resolves with what it printed after it was told. */
  readonly begin: () => Promise<string>
}

/**
 * Starts a script on one core, where it runs only when nothing else wants the core. Attackers have machines of their own: a core
 * that one of them runs on counts as idle, so the kernel still wakes others there. With nice it would not, and would wake
 * subgraphs on the gateway's core, where they push the gateway aside in the middle of its calls to them.
 */
export async function startBehind(core: number, script: string, args: readonly string[]): Promise<Waiting> {
  const command = canPin ? ['taskset', '-c', String(core), 'chrt', '--idle', '0'] : ['nice', '-n', '19']
  const [program = '', ...before] = command
  const child = spawn(program, [...before, process.execPath, script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', reject)
  })
  const lines = createInterface(child.stdout)
  await Promise.race([once(lines, 'line'), ended])
  let output = ''
  lines.on('line', (line) => (output += line))
  return {
    begin: async () => {
      child.stdin.end('\n')
      const code = await ended
      if (code !== 0) throw new Error(`${script} ended with ${String(code)}`)
      return output
    },
  }
}
