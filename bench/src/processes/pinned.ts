import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpuSecondsOf, kibibytesOf, withChildren } from '@parley/launcher/processes'
import { canPin } from '../cores.ts'
import type { Answer } from './child.ts'

/** What is measured runs on one core, and all of its load on the other. */
export const serverCore = 0
export const loadCore = 1

export interface PinnedOptions {
  readonly core: number
  readonly script: string
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
  readonly cwd?: string
  readonly env?: Record<string, string>
}

/** A script of the bench in a process of its own on one core, which answers calls; see child.ts. */
export class Pinned<Ready = unknown> {
  readonly pid: number
  readonly ready: Ready
  readonly #child: ChildProcess
  readonly #waiting: Map<number, PromiseWithResolvers<unknown>>
  #calls = 0

  private constructor(child: ChildProcess, waiting: Map<number, PromiseWithResolvers<unknown>>, ready: Ready) {
    this.pid = child.pid ?? 0
    this.ready = ready
    this.#child = child
    this.#waiting = waiting
  }

  static async start<Ready = unknown>(options: PinnedOptions): Promise<Pinned<Ready>> {
    const command = [process.execPath, ...(options.nodeArgs ?? []), options.script, ...(options.args ?? [])]
    const [program = '', ...args] = canPin ? ['taskset', '-c', String(options.core), ...command] : command
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    const waiting = new Map<number, PromiseWithResolvers<unknown>>()
    const ready = Promise.withResolvers<unknown>()
    waiting.set(0, ready)
    child.on('message', ({ id, result, error }: Answer) => {
      const call = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) call?.resolve(result)
      else call?.reject(new Error(error))
    })
    child.once('error', (error) => ready.reject(error))
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${options.script} ended: ${String(code ?? signal)}`))
    })
    return new Pinned(child, waiting, (await ready.promise) as Ready)
  }

  async call<Result = unknown>(name: string, args: unknown = null): Promise<Result> {
    if (!this.#child.connected) throw new Error(`A process of the bench has ended before "${name}"`)
    this.#calls += 1
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(this.#calls, answer)
    this.#child.send({ id: this.#calls, name, args })
    return (await answer.promise) as Result
  }

  get cpuSeconds(): number {
    return cpuSecondsWithChildren([this.pid])
  }

  /** Resident memory, shared pages counted in part. */
  get kibibytes(): number {
    return kibibytesWithChildren([this.pid])
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}

export const cpuSecondsWithChildren = (pids: readonly number[]): number =>
  withChildren(pids).reduce((sum, pid) => sum + cpuSecondsOf(pid), 0)

export const kibibytesWithChildren = (pids: readonly number[]): number =>
  withChildren(pids).reduce((sum, pid) => sum + kibibytesOf(pid), 0)
