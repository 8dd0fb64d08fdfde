import { backoff } from '../backoff'
import type { People, Person } from './people'

export interface MissingPeopleOptions {
  readonly people: People
  /** null: there is no such account. Rejects when nobody can tell. */
  readonly load: (id: string) => Promise<Person | null>
  readonly wait?: (ms: number) => Promise<void>
}

/** Asks for the people whose names did not come with what they did, until accounts can be reached again. */
export class MissingPeople {
  readonly #wanted = new Set<string>()
  #running: Promise<void> | null = null

  constructor(private readonly options: MissingPeopleOptions) {}

  /** Resolves when nobody is missing any more. */
  want(id: string): Promise<void> {
    if (!this.options.people.get().has(id)) this.#wanted.add(id)
    this.#running ??= this.#ask().finally(() => (this.#running = null))
    return this.#running
  }

  async #ask(): Promise<void> {
    const { people, load, wait = sleep } = this.options
    let failures = 0
    for (let id = first(this.#wanted); id !== undefined; id = first(this.#wanted)) {
      try {
        const person = people.get().get(id) ?? (await load(id))
        if (person !== null) people.learn([person])
        this.#wanted.delete(id)
        failures = 0
      } catch {
        await wait(backoff(failures++))
      }
    }
  }
}

const first = (ids: ReadonlySet<string>): string | undefined => ids.values().next().value
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
