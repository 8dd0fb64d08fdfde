import { GraphQLError } from 'graphql'

/** A subscription that its subgraph declares as shared, in the types of the log's subgraph. */
export const roomTypes = `
  extend type Query { mayFollowRoom(id: ID!, after: Int!): Boolean @inaccessible }
  extend type Subscription {
    room(id: ID!, after: Int!): RoomFrame
      @shared(cursor: "after", position: "upTo", endsFor: "endsFor", admission: "mayFollowRoom")
  }
  type RoomFrame { events: [RoomEvent!]! upTo: Int! endsFor: [ID!]! @inaccessible mine: String @perViewer }
  type RoomEvent { seq: Int! text: String! actor: Person }`

interface RoomEvent {
  readonly seq: number
  readonly text: string
  readonly removes?: string
}

interface Caller {
  readonly authorization: string | undefined
}

interface Asked {
  readonly id: string
  readonly after: number
}

const largestFrame = 10

export const refusal = (category: string, code: string) => new GraphQLError(code, { extensions: { category, code } })

/** The `sub` of a token that the gateway has verified. */
export function userOf({ authorization }: Caller): string {
  const payload = authorization?.split('.')[1]
  if (payload === undefined) throw refusal('auth', 'UNAUTHENTICATED')
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string }).sub
}

/** One log, who may not see it, and the streams that are open. */
export class Room {
  readonly events: RoomEvent[] = []
  readonly removed = new Set<string>()
  /** By viewer, of all streams that are open. */
  readonly streams: string[] = []
  opened = 0
  asked = 0
  /** With what every event fails. */
  poison: GraphQLError | null = null
  #wakes = new Set<() => void>()

  say(...texts: string[]): void {
    for (const text of texts) this.events.push({ seq: this.events.length + 1, text })
    this.#wake()
  }

  remove(userId: string): void {
    this.removed.add(userId)
    this.events.push({ seq: this.events.length + 1, text: 'removed', removes: userId })
    this.#wake()
  }

  assertMayFollow(userId: string, after: number): void {
    if (this.removed.has(userId)) throw refusal('state', 'NOT_FOUND')
    if (after < 0) throw refusal('input', 'INVALID_INPUT')
    if (after > this.events.length) throw refusal('input', 'CURSOR_AHEAD')
  }

  /** As our message subgraph: a first frame at once, then what comes; ends with the removal of its viewer. */
  follow(userId: string, after: number): AsyncIterableIterator<object, undefined> {
    this.assertMayFollow(userId, after)
    this.opened++
    this.streams.push(userId)
    let cursor = after
    let isFirst = true
    let isOver = false
    let wake: (() => void) | undefined
    const wakeUp = (): void => wake?.()
    this.#wakes.add(wakeUp)
    const close = (): void => {
      if (this.#wakes.delete(wakeUp)) this.streams.splice(this.streams.indexOf(userId), 1)
      isOver = true
      wakeUp()
    }
    return {
      [Symbol.asyncIterator]() {
        return this
      },
      next: async () => {
        while (!isOver && !isFirst && cursor >= this.events.length) await new Promise<void>((go) => (wake = go))
        if (isOver) return { done: true, value: undefined }
        isFirst = false
        const page = this.events.slice(cursor, cursor + largestFrame)
        const removal = page.find(({ removes }) => removes !== undefined)
        const events = removal === undefined ? page : page.slice(0, page.indexOf(removal) + 1)
        cursor += events.length
        if (removal?.removes === userId) close()
        const upTo = (events.length > 0 ? this.poison : null) ?? cursor
        return { done: false, value: { events, upTo, endsFor: removal === undefined ? [] : [removal.removes] } }
      },
      return: async () => {
        close()
        return { done: true, value: undefined }
      },
    }
  }

  #wake(): void {
    for (const wake of this.#wakes) wake()
  }
}

export class Rooms {
  readonly #rooms = new Map<string, Room>()

  of(id: string): Room {
    const room = this.#rooms.get(id) ?? new Room()
    this.#rooms.set(id, room)
    return room
  }

  readonly queries = {
    mayFollowRoom: (_root: unknown, { id, after }: Asked, caller: Caller) => {
      const room = this.of(id)
      room.asked++
      room.assertMayFollow(userOf(caller), after)
      return true
    },
  }

  readonly subscriptions = {
    room: {
      subscribe: (_root: unknown, { id, after }: Asked, caller: Caller) => this.of(id).follow(userOf(caller), after),
      resolve: (frame: { events: RoomEvent[] }, _args: Asked, caller: Caller) => ({
        ...frame,
        events: frame.events.map((event) => ({ ...event, actor: { __typename: 'Person', id: `p${event.seq}` } })),
        mine: userOf(caller),
      }),
    },
  }
}
