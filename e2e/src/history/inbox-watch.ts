import type { Client } from '@parley/testing/client'
import { Following, longMs } from './following.ts'
import { wasMuted } from './mute-deeds.ts'
import type { MuteKept } from './mute-deeds.ts'
import { messageFields } from './shown.ts'
import type { MessageShown } from './shown.ts'
import type { Place, Witness } from './witness.ts'

const document = `subscription ($after: String) { inbox(after: $after) { cursor isCut goneIds unreadCount mentionCount
  entries { conversationId readLine unreadCount mentionCount mute { isMuted until revision } lastMessage { ${messageFields} } }
  threads { rootId unreadCount root { ${messageFields} } } } }`

interface Entry {
  readonly conversationId: string
  readonly readLine: number
  readonly unreadCount: number
  readonly mentionCount: number
  readonly mute: MuteKept
  readonly lastMessage: MessageShown | null
}

interface InboxFrame {
  readonly cursor: string
  readonly isCut: boolean
  readonly goneIds: readonly string[]
  readonly unreadCount: number
  readonly mentionCount: number
  readonly entries: readonly Entry[]
  readonly threads: readonly { readonly root: MessageShown | null }[]
}

/** The inbox of one user, kept up to date over all streams that it takes. */
export class InboxWatch extends Following {
  readonly entries = new Map<string, Entry>()
  readonly #rooms: number
  readonly #witness: Witness
  #cursor: string | null = null

  /** `rooms`: how many its user is in. */
  constructor(tab: () => Client, rooms: number, witness: Witness) {
    super(tab)
    this.#rooms = rooms
    this.#witness = witness
  }

  reconnect(): Promise<void> {
    return this.cut()
  }

  stop(): Promise<void> {
    return this.end()
  }

  protected override async followOnce(tab: Client): Promise<void> {
    const place = { viewer: tab.userId, since: this.#witness.now }
    const stream = tab.subscribe<{ readonly inbox: InboxFrame | null }>(document, { after: this.#cursor })
    // Then it tells of changes from now on only.
    if (this.#cursor === null) this.entries.clear()
    for (;;) {
      const { data } = await stream.next(longMs)
      const frame = data?.inbox ?? null
      // Refused, because the session is to be refreshed or an engine is away: again from the same cursor.
      if (frame === null) return
      if (frame.isCut) this.#cursor = null
      if (frame.isCut) return
      this.#witness.showed(frame, place)
      for (const id of frame.goneIds) this.entries.delete(id)
      for (const entry of frame.entries) this.entries.set(entry.conversationId, entry)
      this.#cursor = frame.cursor
      this.#sawFrame(frame, place)
    }
  }

  #sawFrame(
    { unreadCount: unread, mentionCount: mentions, ...frame }: InboxFrame,
    place: Pick<Place, 'viewer' | 'since'>,
  ) {
    const conversations = [...this.entries.values()].map((entry) => ({
      conversation: entry.conversationId,
      unread: entry.unreadCount,
      mentions: entry.mentionCount,
      isMuted: wasMuted(entry.mute),
    }))
    // The total is of all conversations, those among them of which it has not told yet.
    if (conversations.length === this.#rooms)
      this.#witness.history.record({ op: 'total', viewer: place.viewer, unread, mentions, conversations })
    for (const message of [...frame.entries.map((one) => one.lastMessage), ...frame.threads.map(({ root }) => root)])
      if (message !== null)
        this.#witness.sawMessage(message, 0, { ...place, conversation: message.conversationId, where: 'frame' })
  }
}
