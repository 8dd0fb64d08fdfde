import { once } from 'node:events'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Finding, PlanningThreadData } from './planning.worker'

const file = join(__dirname, `planning.worker${extname(__filename)}`)
const heapMb = 384
/** Sources that Node runs as they are have no package type to name. */
const execArgv = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--disable-warning=ExperimentalWarning']

/**
 * Validates and plans documents in a thread of its own. A document that keeps it for longer than it may, or takes all of its
 * memory, ends the thread; the next document gets a new one.
 */
export class PlanningThread {
  #worker: Promise<Worker> | undefined
  #closed = false

  constructor(
    private readonly data: PlanningThreadData,
    private readonly patienceMs: number,
  ) {}

  /** Begins before the first document comes; a failure shows when one does. */
  start(): void {
    void this.#running().catch(() => undefined)
  }

  /** One at a time: the caller waits for a finding before it asks again. Rejects when no thread can be started. */
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

/** Has loaded its code and waits for a supergraph. */
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
  // It holds nothing that the process would have to wait for.
  worker.unref()
  // An error is followed by the thread's exit, which is what the task under way waits for.
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
