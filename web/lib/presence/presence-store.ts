import { Store } from '../store'
import type { PresencePartsFragment } from './__generated__/presence'

type Known = ReadonlyMap<string, PresencePartsFragment>

const nobody: Known = new Map()

/** The presence of the people who are followed, by their ids. Who is not in it is not known to be here. */
export class PresenceStore extends Store<Known> {
  constructor() {
    super(nobody)
  }

  learn(people: readonly PresencePartsFragment[], goneIds: readonly string[] = []): void {
    const known = new Map(this.get())
    for (const person of people) known.set(person.userId, person)
    for (const id of goneIds) known.delete(id)
    this.set(known)
  }

  forget(): void {
    this.set(nobody)
  }
}

export const presenceStore = new PresenceStore()

/** As it is shown: an expired status is gone, also when the server has not said so yet. */
export function statusNow(
  presence: Pick<PresencePartsFragment, 'status'> | undefined,
  now: Date,
): PresencePartsFragment['status'] {
  const status = presence?.status ?? null
  return status?.expiresAt && new Date(status.expiresAt) <= now ? null : status
}
