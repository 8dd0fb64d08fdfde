import type { Change, Person, Room } from './person.ts'
import type { MessageShown } from './shown.ts'

/** Something that a person does in a conversation. */
export interface Deed {
  readonly name: string
  /** How often, beside the others. */
  readonly share: number
  readonly run: (person: Person, room: Room) => Promise<void>
}

/** A change that makes an event: what it asks for, or null when there is nothing to change yet. */
export const change = (
  name: string,
  share: number,
  mutation: string,
  plan: (person: Person, room: Room) => Omit<Change, 'mutation'> | null,
): Deed => ({
  name,
  share,
  run: async (person, room) => {
    const planned = plan(person, room)
    if (planned !== null) await person.change(room, { ...planned, mutation })
  },
})

/** Mostly of the newest, so that several people change the same ones. */
export function pickMessage(
  { random }: Person,
  { messages }: Room,
  fits: (message: MessageShown) => boolean = () => true,
): MessageShown | undefined {
  const all = [...messages.values()].filter(fits)
  return random.pickIfAny(random.chance(0.8) ? all.slice(-6) : all)
}
