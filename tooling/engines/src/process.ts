import { spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { descendantsOf, identityOf, isAlive, signal } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

export interface SpawnOptions {
  env?: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
}

/** How to stop: in the way that the engine prefers, or at once like a crash. */
export type StopMode = 'clean' | 'kill'

export interface ManagedProcess {
  label: string
  identity: ProcessIdentity
  logFile: string
  /** Aborted as soon as the process has ended, for any reason. */
  ended: AbortSignal
}

const PROBE_LIMIT_MS = 6000
const STOP_DEADLINE_MS = 20_000
const LOG_LIMIT_BYTES = 8 * 1024 * 1024

/** Starts a long-running process in its own group, so that Ctrl-C reaches only the launcher, which stops in order. */
export function startProcess(
  label: string,
  command: string,
  args: string[],
  logFile: string,
  options: SpawnOptions = {},
): ManagedProcess {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openLog(logFile)
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  child.unref()
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  // A program that cannot be started has no pid; without a listener Node would throw the error.
  child.on('error', () => undefined)
  if (child.pid === undefined) throw new Error(`${label} could not be started: ${command} cannot be run`)
  return { label, identity: identityOf(child.pid), logFile, ended: ended.signal }
}

function openLog(logFile: string): number {
  const log = openSync(logFile, 'a')
  if (fstatSync(log).size < LOG_LIMIT_BYTES) return log
  closeSync(log)
  renameSync(logFile, `${logFile}.1`)
  return openSync(logFile, 'a')
}

/** Polls the engine in its protocol until it answers, the process has ended, or the deadline has passed. */
export async function untilReady(
  processes: ManagedProcess[],
  probe: () => Promise<void>,
  deadlineMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs
  for (;;) {
    const failure = await within(PROBE_LIMIT_MS, probe()).then(
      () => null,
      (error: unknown) => error,
    )
    // Checked first: another program may answer on the port if this process could not bind it.
    const ended = processes.find(({ identity }) => !isAlive(identity))
    if (ended) throw new Error(`${ended.label} ended while starting. ${endOfLog(ended)}`)
    if (failure === null) return
    if (Date.now() > deadline) {
      const logs = processes.map(endOfLog).join('\n')
      throw new Error(`not ready after ${deadlineMs / 1000} s (${messageOf(failure)}). ${logs}`)
    }
    await pause(40)
  }
}

/** Rejects when the work takes longer: a server of another kind may never answer the request. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const finished = new AbortController()
  const limit = pause(limitMs, undefined, { signal: finished.signal }).then(() => {
    throw new Error(`no answer within ${limitMs / 1000} s`)
  })
  return Promise.race([work, limit]).finally(() => {
    finished.abort()
    limit.catch(() => undefined)
  })
}

/** Sends the engine's own signal, waits, then kills. Resolves when the processes and their children are gone. */
export async function stopProcesses(
  identities: ProcessIdentity[],
  askWith: NodeJS.Signals,
  mode: StopMode = 'clean',
): Promise<void> {
  const all = identities.filter(isAlive).flatMap((identity) => [identity, ...descendantsOf(identity.pid)])
  if (mode === 'clean') {
    for (const identity of identities) signal(identity, askWith)
    if (await haveEnded(all, STOP_DEADLINE_MS)) return
  }
  for (const identity of all) signal(identity, 'SIGKILL')
  if (await haveEnded(all, STOP_DEADLINE_MS)) return
  const left = all.filter(isAlive).map(({ pid }) => pid)
  throw new Error(`processes ${left.join(', ')} do not end, not even by SIGKILL`)
}

async function haveEnded(identities: ProcessIdentity[], deadlineMs: number): Promise<boolean> {
  const deadline = Date.now() + deadlineMs
  while (identities.some(isAlive)) {
    if (Date.now() > deadline) return false
    await pause(20)
  }
  return true
}

export function endOfLog({ label, logFile }: ManagedProcess): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15)
  return `The end of ${label}'s log (${logFile}):\n${lines.join('\n')}`
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
