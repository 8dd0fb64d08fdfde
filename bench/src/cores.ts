import { execFileSync, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Pinning needs Linux's taskset and a second core; without them a result says nothing about one process alone. */
export const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    return availableParallelism() > 1
  } catch {
    return false
  }
})()

/** Every thread of the process; those that it starts later inherit it. */
export function pin(pid: number, core: number): void {
  if (canPin) execFileSync('taskset', ['-apc', String(core), String(pid)], { stdio: 'ignore' })
}

/** Runs a script on one core and behind everything else that wants it; resolves with what it printed. */
export async function runBehind(core: number, script: string, args: readonly string[]): Promise<string> {
  const command = canPin ? ['taskset', '-c', String(core), 'nice', '-n', '10'] : ['nice', '-n', '10']
  const [program = '', ...before] = command
  const child = spawn(program, [...before, process.execPath, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', reject)
  })
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`)
  return output
}
