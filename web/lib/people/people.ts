import { Store } from '../store'

/** A user as the client shows them. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly displayName: string
}

/** A placeholder for a person whose name is unknown and not available at the moment. */
export const nameless = (id: string): Person => ({ id, username: '', displayName: 'Name unavailable' })

/** Real usernames are never empty, so this is a placeholder. */
export const isNameless = (person: Person): boolean => person.username === ''

const storageKey = 'parley:people'
const rememberedPeople = 2_000
const writeAfterMs = 1_000

/**
 * All people whose names were in any answer. Conversations stay readable while accounts are unavailable: events and
 * members always have an id, but a name only when the user subgraph answers. Stored on the device, the least recently
 * changed first.
 */
export class People extends Store<ReadonlyMap<string, Person>> {
  #writing: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {
    super(new Map(stored(storage).map((person) => [person.id, person])))
  }

  learn(heard: readonly Person[]): void {
    const news = heard.filter((person) => !isSame(this.get().get(person.id), person))
    if (news.length === 0) return
    const next = new Map(this.get())
    for (const { id, username, displayName } of news) {
      next.delete(id)
      next.set(id, { id, username, displayName })
    }
    for (const id of next.keys()) {
      if (next.size <= rememberedPeople) break
      next.delete(id)
    }
    this.set(next)
    this.#writing ??= setTimeout(() => this.#write(), writeAfterMs)
  }

  /** Deletes them on a shared device. */
  forget(): void {
    clearTimeout(this.#writing)
    this.#writing = undefined
    this.storage?.removeItem(storageKey)
    this.set(new Map())
  }

  #write(): void {
    this.#writing = undefined
    try {
      this.storage?.setItem(storageKey, JSON.stringify([...this.get().values()]))
    } catch {
      // If the storage is full the names are not stored, but stay in memory.
    }
  }
}

function stored(storage: Pick<Storage, 'getItem'> | null): readonly Person[] {
  try {
    const parsed = JSON.parse(storage?.getItem(storageKey) ?? '[]') as unknown
    return Array.isArray(parsed) ? parsed.filter(isPerson) : []
  } catch {
    return []
  }
}

const isSame = (a: Person | undefined, b: Person): boolean =>
  a?.username === b.username && a.displayName === b.displayName

export const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'username', 'displayName'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')

/** Every account anywhere in an answer. */
export function peopleIn(answer: unknown): readonly Person[] {
  const found: Person[] = []
  const waiting: unknown[] = [answer]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if ((value as { __typename?: unknown }).__typename === 'User' && isPerson(value)) found.push(value)
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) waiting.push(inner)
  }
  return found
}

export const people = new People(typeof localStorage === 'undefined' ? null : localStorage)

/** What a person is called now; null while that is not known. */
export const nameOf = (id: string): string | null => people.get().get(id)?.displayName ?? null

/** The newest known version of a person, preferred over the one in the answer. */
export const personOf = (id: string, heard: Person | null): Person => people.get().get(id) ?? heard ?? nameless(id)
