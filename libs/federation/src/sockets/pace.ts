type Task = () => void

/** What a client does one after the other. */
export type Step = 'handshake' | 'admission' | 'operation'

/**
 * Work that may come from thousands of clients at once, a few pieces in each turn of the event loop: what others ask
 * meanwhile waits for a few, not for all. Without a crowd everything runs at once. Whoever has come further goes first:
 * so clients wait before their handshake, where they expect to wait, and have all the rest soon after it.
 */
export class Pace {
  readonly #waiting = { operation: new Line(), admission: new Line(), handshake: new Line() }
  #lanes = 0

  constructor(
    private readonly perTurn: number,
    /** How many may wait for each step. */
    private readonly longest: number,
    /** Told of a task that throws, which must not end the process: a task may run on a turn of its own. */
    private readonly failed: (error: unknown) => void,
  ) {}

  get waiting(): number {
    const { operation, admission, handshake } = this.#waiting
    return operation.length + admission.length + handshake.length
  }

  /** False when too many are waiting; the task is then not run. */
  run(step: Step, task: Task): boolean {
    if (this.#lanes < this.perTurn && this.waiting === 0) {
      this.#lanes++
      setImmediate(this.#next)
      this.#do(task)
      return true
    }
    const line = this.#waiting[step]
    if (line.length >= this.longest) return false
    line.add(task)
    return true
  }

  /** Each lane runs one task a turn, and what the task has to await goes on before the next. */
  readonly #next = (): void => {
    const { operation, admission, handshake } = this.#waiting
    const task = operation.take() ?? admission.take() ?? handshake.take()
    if (task === undefined) {
      this.#lanes--
      return
    }
    setImmediate(this.#next)
    this.#do(task)
  }

  #do(task: Task): void {
    try {
      task()
    } catch (error) {
      this.failed(error)
    }
  }
}

const trimmedAt = 1_024

/** First in, first out, without moving all of them for each. */
class Line {
  #tasks: Task[] = []
  #first = 0

  get length(): number {
    return this.#tasks.length - this.#first
  }

  add(task: Task): void {
    this.#tasks.push(task)
  }

  take(): Task | undefined {
    const task = this.#tasks[this.#first]
    if (task === undefined) return undefined
    this.#first++
    if (this.#first === this.#tasks.length || this.#first === trimmedAt) {
      this.#tasks = this.#tasks.slice(this.#first)
      this.#first = 0
    }
    return task
  }
}
