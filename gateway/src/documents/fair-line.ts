/** The caller, as far as it is known. */
export interface Party {
  readonly session?: string
  readonly address?: string
}

export interface Room {
  readonly perSession: number
  readonly perAddress: number
  readonly inAll: number
}

/** Tasks of one address: a queue for each session, served in turn. */
class Address<Task> {
  readonly #sessions = new Map<string, Task[]>()
  waiting = 0

  waitingOf(session: string): number {
    return this.#sessions.get(session)?.length ?? 0
  }

  push(session: string, task: Task): void {
    const tasks = this.#sessions.get(session)
    if (tasks === undefined) this.#sessions.set(session, [task])
    else tasks.push(task)
    this.waiting++
  }

  shift(): Task | undefined {
    for (const [session, tasks] of this.#sessions) {
      const task = tasks.shift()
      this.#sessions.delete(session)
      if (tasks.length > 0) this.#sessions.set(session, tasks)
      this.waiting--
      return task
    }
    return undefined
  }
}

/**
 * A bounded queue in which addresses take turns, and so do the sessions of an address: however many tasks one of them
 * queues, the next task of another waits for at most one task of each.
 */
export class FairLine<Task> {
  readonly #addresses = new Map<string, Address<Task>>()
  #waiting = 0

  constructor(private readonly room: Room) {}

  /** False when this caller has no room left in the queue. */
  push({ session = '', address = '' }: Party, task: Task): boolean {
    const { perSession, perAddress, inAll } = this.room
    const tasks = this.#addresses.get(address) ?? new Address<Task>()
    const isFull = this.#waiting >= inAll || tasks.waiting >= perAddress || tasks.waitingOf(session) >= perSession
    if (isFull) return false
    tasks.push(session, task)
    this.#addresses.set(address, tasks)
    this.#waiting++
    return true
  }

  shift(): Task | undefined {
    for (const [address, tasks] of this.#addresses) {
      const task = tasks.shift()
      this.#addresses.delete(address)
      if (tasks.waiting > 0) this.#addresses.set(address, tasks)
      this.#waiting--
      return task
    }
    return undefined
  }
}
