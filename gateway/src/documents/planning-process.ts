import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { Logger } from '@nestjs/common'
import type { Finding, PlanningData, Ready } from './planning.worker'

const file = join(__dirname, `planning.worker${extname(__filename)}`)
const logger = new Logger('Planner')
/** Of JavaScript; what the native planner takes is bounded by the time that a document may take. */
const heapMb = 384
/** How long it may take to load, on a machine that starts everything at once. */
const startMs = 30_000
const execArgv = [
  `--max-old-space-size=${heapMb}`,
  // Node warns about TypeScript sources whose package has no `type`; here they run unbuilt on purpose.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  '--disable-warning=ExperimentalWarning',
]

/**
 * Validates and plans documents in a process of its own: the planner is native code, which neither a thread nor an
 * exception could contain. A document that takes too long or too much memory ends the process; the next document gets a
 * new one. So does a document that finds the process gone for another reason.
 */
export class PlanningProcess {
  #child: Promise<ChildProcess> | undefined
  #closed = false

  constructor(
    private readonly data: PlanningData,
    private readonly patienceMs: number,
  ) {}

  /** Starts before the first document arrives; a failure to start is reported with that document. */
  start(): void {
    void this.#running().catch(() => undefined)
  }

  /** One at a time: the caller awaits each finding before the next call. Rejects when no process can be started. */
  async plan(text: string): Promise<Finding> {
    const finding = (await this.#find(text)) ?? (await this.#find(text))
    if (finding === null) throw new Error('The planning process has ended twice before it was given a document')
    if (finding.kind === 'exhausting') await this.#end()
    return finding
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#end()
  }

  /** Null when the process was gone already: that says nothing about the document. */
  async #find(text: string): Promise<Finding | null> {
    const child = await this.#running()
    const finding = hasEnded(child) ? null : await findingOf(child, text, this.patienceMs)
    if (finding === null) await this.#end()
    return finding
  }

  async #running(): Promise<ChildProcess> {
    if (this.#closed) throw new Error('This process is closed')
    this.#child ??= start(this.data).catch((error: unknown) => {
      this.#child = undefined
      throw error
    })
    return await this.#child
  }

  async #end(): Promise<void> {
    const ending = this.#child
    this.#child = undefined
    await ending?.then(end).catch(() => undefined)
  }
}

/** A process that has loaded its code and waits for a supergraph. */
let ahead: ChildProcess | undefined

/** Loads the code of the first process while this one loads its own. */
export function startAhead(): void {
  const child = spawn()
  child.once('exit', () => {
    if (ahead === child) ahead = undefined
  })
  ahead = child
}

async function start(data: PlanningData): Promise<ChildProcess> {
  const child = ahead ?? spawn()
  ahead = undefined
  const answer = await new Promise<Ready>((resolve) => {
    child.once('message', (message) => resolve(message as Ready))
    child.once('exit', () => resolve({ kind: 'unusable', reason: 'It ended' }))
    setTimeout(() => resolve({ kind: 'unusable', reason: `Not loaded after ${startMs} ms` }), startMs).unref()
    child.send(data, (error) => {
      if (error) resolve({ kind: 'unusable', reason: error.message })
    })
  })
  if (answer.kind === 'ready') {
    if (!answer.isNative) logger.warn('The fast planner is not built for this platform; Apollo’s plans instead')
    return child
  }
  await end(child)
  throw new Error(`The planning process does not start: ${answer.reason}`)
}

/** It reads what strangers send, so it gets none of the secrets in the environment. */
const passedOn = ['NODE_ENV', 'NODE_COMPILE_CACHE', 'PATH', 'LD_LIBRARY_PATH', 'TMPDIR'] as const

function spawn(): ChildProcess {
  const env = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const child = fork(file, { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  // This process need not wait for that one to exit.
  child.unref()
  child.channel?.unref()
  // An error is followed by the exit, which settles the pending task.
  child.on('error', () => undefined)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

const running = new Set<ChildProcess>()
// It also ends when its channel closes, but not while it plans.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function findingOf(child: ChildProcess, text: string, patienceMs: number): Promise<Finding | null> {
  return new Promise((resolve) => {
    const settle = (finding: Finding | null): void => {
      clearTimeout(timer)
      child.off('message', settle).off('exit', lose)
      resolve(finding)
    }
    const lose = (): void => settle({ kind: 'exhausting' })
    const timer = setTimeout(lose, patienceMs)
    child.on('message', settle).on('exit', lose)
    child.send(text, (error) => {
      if (error) settle(null)
    })
  })
}
