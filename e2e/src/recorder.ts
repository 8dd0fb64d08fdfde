import type { Client } from '@parley/testing/client'
import { checkHistory } from '@parley/testing/check-history'
import { History } from '@parley/testing/history'
import type { Entry } from '@parley/testing/history'
import { eventsOf, follow, lineToRead, queries, readBack, untilSeq } from './chat.ts'
import type { TimelineEventView } from './chat.ts'

const entryOf = (event: TimelineEventView): Entry => ({
  seq: event.seq,
  line: lineToRead(event),
  id: event.message?.id ?? `event-${event.seq}`,
  actor: event.actorId,
  clientId: event.message?.clientId ?? null,
})

/** Records what the clients of one conversation did and saw, for the checker of invariants. */
export class Recorder {
  readonly history = new History()
  readonly #conversation: string
  #opened = 0
  readonly #streams: { name: string; after: number; stream: ReturnType<typeof follow> }[] = []

  constructor(conversation: string, members: readonly Client[]) {
    this.#conversation = conversation
    for (const { userId } of members) this.history.record({ op: 'joined', conversation, user: userId, seq: 0 })
  }

  acknowledged(event: TimelineEventView): void {
    this.history.record({ op: 'acknowledged', conversation: this.#conversation, entry: entryOf(event) })
  }

  follow(viewer: Client, after: number): void {
    const name = this.opened(viewer, after)
    this.#streams.push({ name, after, stream: follow(viewer, this.#conversation, after) })
  }

  /** For a stream that the caller reads: gives it a name for `delivered` and `settled`. */
  opened(viewer: Client, after: number): string {
    const stream = `${viewer.userId}#${this.#opened}`
    this.#opened += 1
    this.history.record({ op: 'opened', stream, conversation: this.#conversation, viewer: viewer.userId, after })
    return stream
  }

  delivered(stream: string, event: TimelineEventView): void {
    this.history.record({ op: 'delivered', stream, entry: entryOf(event) })
  }

  settled(stream: string, seq: number): void {
    this.history.record({ op: 'settled', stream, seq })
  }

  /** Waits until every stream has reached the head, reads everything back, and returns the result of the invariants. */
  async verdict(viewers: readonly Client[]): Promise<ReturnType<typeof checkHistory>> {
    const [first] = viewers
    if (first === undefined) throw new Error('The verdict needs a viewer')
    const { headSeq } = await readBack(first, this.#conversation)
    for (const { name, after, stream } of this.#streams) {
      if (headSeq > after) await untilSeq(stream, headSeq)
      for (const event of eventsOf(stream)) this.delivered(name, event)
      this.settled(name, headSeq)
    }
    for (const viewer of viewers) await this.#readBack(viewer)
    return checkHistory(this.history.operations)
  }

  async #readBack(viewer: Client): Promise<void> {
    const conversation = this.#conversation
    const { headSeq, events } = await readBack(viewer, conversation)
    this.history.record({ op: 'read-back', conversation, viewer: viewer.userId, headSeq, entries: events.map(entryOf) })
    const data = await viewer.must<{ conversation: { unreadCount: number; readLine: number } }>(queries.unread, {
      id: conversation,
    })
    const { readLine, unreadCount: unread } = data.conversation
    this.history.record({ op: 'unread', conversation, viewer: viewer.userId, readLine, unread })
  }
}
