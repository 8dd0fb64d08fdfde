import { once } from 'node:events'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Finding, PlanningThreadData } from './planning.worker'

const file = join(__dirname, `planning.worker${extname(__filename)}`)
const heapMb = 384
/** Node warns about TypeScript sources whose package has no `type`; here they run unbuilt on purpose. */
const execArgv = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--disable-warning=ExperimentalWarning']

/**
 * Validates and plans documents in a worker thread. A document that takes too long or too much memory ends the thread;
 * the next document gets a new one.
 */
export class PlanningThread {
  #worker: Promise<Worker> | undefined
  #closed = false

  constructor(
    private readonly data: PlanningThreadData,
    private readonly patienceMs: number,
  ) {}

  /** Starts before the first document arrives; a failure to start is reported with that document. */
  start(): void {
    void this.#running().catch(() => undefined)
  }

  /** One at a time: the caller awaits each finding before the next call. Rejects when no thread can be started. */
  async plan(text: string): Promise<Finding> {
    const worker = await this.#running()
    const finding = await findingOf(worker, text, this.patienceMs)
    if (finding.kind === 'exhausting') await this.#end()
    return finding
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#end()
  }

  async #running(): Promise<Worker> {
    if (this.#closed) throw new Error('This thread is closed')
    this.#worker ??= start(this.data).catch((error: unknown) => {
      this.#worker = undefined
      throw error
    })
    return await this.#worker
  }

  async #end(): Promise<void> {
    const ending = this.#worker
    this.#worker = undefined
    await ending?.then((worker) => worker.terminate()).catch(() => undefined)
  }
}

/** A thread that has loaded its code and waits for a supergraph. */
let ahead: Worker | undefined

/** Loads the code of the first thread while the process loads its own. */
export function startAhead(): void {
  const worker = spawn()
  worker.once('exit', () => {
    if (ahead === worker) ahead = undefined
  })
  ahead = worker
}

async function start(data: PlanningThreadData): Promise<Worker> {
  const worker = ahead ?? spawn()
  ahead = undefined
  worker.postMessage(data)
  await once(worker, 'message')
  return worker
}

function spawn(): Worker {
  const worker = new Worker(file, { execArgv, resourceLimits: { maxOldGenerationSizeMb: heapMb } })
  // The process need not wait for this thread to exit.
  worker.unref()
  // An error is followed by the thread's exit, which rejects the pending task.
  worker.on('error', () => undefined)
  return worker
}

function findingOf(worker: Worker, text: string, patienceMs: number): Promise<Finding> {
  return new Promise((resolve) => {
    const settle = (finding: Finding): void => {
      clearTimeout(timer)
      worker.removeAllListeners('message').removeAllListeners('exit')
      resolve(finding)
    }
    const timer = setTimeout(() => settle({ kind: 'exhausting' }), patienceMs)
    worker.once('message', settle)
    worker.once('exit', () => settle({ kind: 'exhausting' }))
    worker.postMessage(text)
  })
}
