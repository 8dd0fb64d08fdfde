/** What is used of a worker of node:cluster. */
export interface WorkerProcess {
  /** Without a `pid` it has not been started, and will tell so by an error. */
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean }
  /** It tells from its first moment on that it serves. */
  on(event: 'message', listener: () => void): unknown
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
}

export interface Surroundings {
  /** Starts a worker, or throws; they are numbered from 1. */
  fork(number: number): WorkerProcess
  readonly log: Record<'info' | 'error', (about: object, message: string) => void>
  exit(code: number): void
}

interface Place {
  readonly number: number
  worker: WorkerProcess | undefined
  /** When it began to serve; undefined until then. */
  servingSince: number | undefined
  /** The pause before the next restart. */
  pauseMs: number
  restart: NodeJS.Timeout | undefined
  /** Looks since it was last heard of. */
  silentLooks: number
}

/** The first restart is at once; further ones wait, twice as long each time. */
const restart = { afterMs: 100, atMostMs: 10_000, provenAfterMs: 10_000 }
/**
 * A worker whose event loop has not turned for 12 to 15 s hangs. Looks are counted, not time: after a suspension of the
 * machine, all clocks are late. One that starts may take two minutes: loading takes seconds on a busy machine.
 */
const looks = { everyMs: 3_000, silent: 5, silentAtStart: 40 }
/** A worker drains for 10 s at most. */
const stopMs = 12_000

/** Keeps a number of workers running. They share a port and nothing else: one may die alone. */
export class Supervisor {
  readonly #places: readonly Place[]
  #looking: NodeJS.Timeout | undefined
  #isStopping = false
  #hasServed = false
  #exitCode = 0

  constructor(
    count: number,
    private readonly around: Surroundings,
  ) {
    this.#places = Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      worker: undefined,
      servingSince: undefined,
      pauseMs: 0,
      restart: undefined,
      silentLooks: 0,
    }))
  }

  start(): void {
    this.#looking = setInterval(() => this.#look(), looks.everyMs)
    for (const place of this.#places) this.#fork(place)
  }

  /** All workers drain at once; this process exits with the last of them. */
  stop(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    clearInterval(this.#looking)
    for (const place of this.#places) {
      clearTimeout(place.restart)
      place.worker?.process.kill('SIGTERM')
    }
    setTimeout(() => {
      for (const { worker } of this.#places) worker?.process.kill('SIGKILL')
      this.around.exit(1)
    }, stopMs).unref()
    this.#exitAfterTheLast()
  }

  #fork(place: Place): void {
    if (this.#isStopping) return
    Object.assign(place, { servingSince: undefined, silentLooks: 0, restart: undefined })
    const worker = this.#started(place)
    if (worker === undefined) return
    place.worker = worker
    worker.on('message', () => {
      place.silentLooks = 0
      if (place.servingSince !== undefined) return
      place.servingSince = performance.now()
      this.#hasServed = true
      this.around.log.info({ worker: place.number, workerPid: worker.process.pid }, 'A worker serves')
    })
    worker.on('exit', (code, signal) => this.#ended(place, code, signal))
    worker.on('error', (error) => {
      this.#failed(place, error)
      // No exit follows for a process that there never was.
      if (worker.process.pid === undefined && place.worker === worker) this.#ended(place, null, null)
    })
  }

  /** Undefined when this process cannot start another one, such as for want of descriptors. */
  #started(place: Place): WorkerProcess | undefined {
    try {
      return this.around.fork(place.number)
    } catch (error) {
      this.#failed(place, error)
      this.#ended(place, null, null)
      return undefined
    }
  }

  #failed(place: Place, error: unknown): void {
    this.around.log.error({ worker: place.number, err: error }, 'A worker cannot be started or reached')
  }

  #ended(place: Place, code: number | null, signal: string | null): void {
    place.worker = undefined
    if (this.#isStopping) {
      // One that still loads has no way of its own to end.
      const isStopped = place.servingSince === undefined && signal === 'SIGTERM'
      if (code !== 0 && !isStopped) this.#exitCode ||= 1
      this.#exitAfterTheLast()
      return
    }
    const { number, servingSince } = place
    if (!this.#hasServed && signal === null) {
      this.around.log.error({ worker: number, code }, 'A worker did not start, so all of them stop')
      this.#exitCode = code || 1
      this.stop()
      return
    }
    if (servingSince !== undefined && performance.now() - servingSince >= restart.provenAfterMs) place.pauseMs = 0
    const { pauseMs } = place
    place.pauseMs = Math.min(Math.max(pauseMs * 2, restart.afterMs), restart.atMostMs)
    this.around.log.error({ worker: number, code, signal, pauseMs }, 'A worker has ended and is started again')
    place.restart = setTimeout(() => this.#fork(place), pauseMs)
  }

  #look(): void {
    for (const place of this.#places) {
      if (place.worker === undefined) continue
      place.silentLooks += 1
      if (place.silentLooks < (place.servingSince === undefined ? looks.silentAtStart : looks.silent)) continue
      this.around.log.error({ worker: place.number }, 'A worker hangs and is ended')
      place.worker.process.kill('SIGKILL')
    }
  }

  #exitAfterTheLast(): void {
    if (this.#places.every(({ worker }) => worker === undefined)) this.around.exit(this.#exitCode)
  }
}
