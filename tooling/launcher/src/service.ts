import { dirname } from 'node:path'
import type { Watched } from '@parley/engines/keep-up'
import { freePorts } from '@parley/engines/ports'
import { endOfLog, startProcess, stopProcesses, untilReady } from '@parley/engines/process'
import type { ManagedProcess } from '@parley/engines/process'
import { isAlive } from '@parley/engines/process-identity'
import type { ProcessIdentity } from '@parley/engines/process-identity'
import { entryOf } from './workspace.ts'
import type { ServiceName } from './workspace.ts'

const readyDeadlineMs = 90_000
const answerWithinMs = 5_000
/**
 * A half of the young generation, in MiB, as in docker/Dockerfile. Node would take 64 on a large machine, and a minor
 * collection that copies a fifth of that blocks everything for a tenth of a second.
 */
const semiSpaceMb = 16

export interface ServiceOptions {
  readonly name: ServiceName
  /** From 0, for several instances of one service. */
  readonly index: number
  readonly port: number
  readonly logFile: string
  readonly env: Record<string, string>
  /** Called when a process starts or ends, so that the list survives a launcher that dies. */
  readonly onProcess: () => void
}

/** One process of the stack: started, awaited until it reports ready, stopped, killed, restarted on its port. */
export class Service implements Watched {
  readonly options: ServiceOptions
  #process: ManagedProcess | null = null

  constructor(options: ServiceOptions) {
    this.options = options
  }

  get label(): string {
    const { name, index } = this.options
    return index === 0 ? name : `${name}-${index + 1}`
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`
  }

  get logFile(): string {
    return this.options.logFile
  }

  /** Null when it does not run. */
  get identity(): ProcessIdentity | null {
    return this.#process !== null && isAlive(this.#process.identity) ? this.#process.identity : null
  }

  hasEnded(): boolean {
    return this.identity === null
  }

  ended(): AbortSignal[] {
    return this.#process === null ? [] : [this.#process.ended]
  }

  get log(): string {
    return this.#process === null ? '' : endOfLog(this.#process)
  }

  async start(): Promise<void> {
    const { name, port, env, logFile } = this.options
    const entry = entryOf(name)
    this.#process = startProcess(
      this.label,
      process.execPath,
      [`--max-semi-space-size=${semiSpaceMb}`, entry],
      logFile,
      {
        cwd: dirname(entry),
        env: { ...env, PORT: String(port), HOST: '127.0.0.1', HOSTNAME: '127.0.0.1' },
      },
    )
    this.options.onProcess()
    const path = name === 'web' ? '/health/live' : '/health/ready'
    await untilReady([this.#process], () => this.#get(path), readyDeadlineMs)
  }

  /** SIGTERM and wait until it has drained. */
  async stop(): Promise<void> {
    await this.#end('clean')
  }

  /** SIGKILL, like a crash. */
  async kill(): Promise<void> {
    await this.#end('kill')
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** Whether it is alive. Whether its engines are reachable does not count: a restart would not help. */
  answers(): Promise<void> {
    return this.#get('/health/live')
  }

  /** It has died or was killed. */
  revive(): Promise<void> {
    return this.start()
  }

  async #end(mode: 'clean' | 'kill'): Promise<void> {
    const process = this.#process
    this.#process = null
    if (process !== null) await stopProcesses([process.identity], 'SIGTERM', mode)
    this.options.onProcess()
  }

  async #get(path: string): Promise<void> {
    const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(answerWithinMs) })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`${this.label} answers ${response.status}`)
  }
}

export const portsFor = (count: number): Promise<number[]> => freePorts(count)
