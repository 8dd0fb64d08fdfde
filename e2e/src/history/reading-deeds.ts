import { userErrorsOf } from '@parley/testing/client'
import { pickMessage } from './deed.ts'
import type { Deed } from './deed.ts'
import type { Person, Room } from './person.ts'
import { eventFields, fieldsOfKind, messageFields } from './shown.ts'
import type { EventShown, MessageShown } from './shown.ts'

const pageQuery = `query ($id: ID!, $before: Int) {
  conversation(id: $id) { readLine readRevision history(before: $before, last: 20) { headSeq hasEarlier
    events { ${eventFields} } } lastMessage { ${messageFields} } } }`

interface PageAnswer {
  readonly conversation: {
    readonly readLine: number | null
    readonly readRevision: number | null
    readonly history: {
      readonly headSeq: number
      readonly hasEarlier: boolean
      readonly events: readonly EventShown[]
    } | null
    readonly lastMessage: MessageShown | null
  } | null
}

/**
 * Reads the page before a line, or the last one; resolves with the line to continue at, or null at the beginning. When
 * all is quiet, the newest message is current as well.
 */
export async function readPage(
  person: Person,
  room: Room,
  before: number | null,
  isQuiet = false,
): Promise<number | null> {
  const place = person.placeOf(room, 'page')
  const { viewer, conversation, since } = place
  const ms = performance.now()
  const answer = await person.ask<PageAnswer>(pageQuery, { id: room.id, before })
  const { history, readLine, readRevision, lastMessage } = answer?.data?.conversation ?? { history: null }
  if (history === null) return before
  const { headSeq, events, hasEarlier } = history
  person.witness.history.record({ op: 'page', conversation, viewer, since, headSeq, ms })
  if (typeof readLine === 'number' && typeof readRevision === 'number') {
    const revision = readRevision
    person.witness.history.record({ op: 'position', conversation, viewer, since, readLine, revision })
    room.revision = revision
  }
  person.witness.showed(answer?.data, place)
  for (const event of events) person.witness.saw(event, place)
  if (lastMessage) person.witness.sawMessage(lastMessage, 0, isQuiet ? place : { ...place, where: 'newest' })
  return hasEarlier ? (events.find(({ line }) => line !== null)?.line ?? null) : null
}

const reads: Deed = {
  name: 'read',
  share: 3,
  run: async (person, room) => {
    const before = await readPage(person, room, null)
    if (before !== null && person.random.chance(0.3)) await readPage(person, room, before)
  },
}

const messageQuery = `query ($id: ID!) { message(id: $id) { ${messageFields}
  versions(last: 100) { hasEarlier versions { number text } } } }`

interface MessageAnswer {
  readonly message:
    | (MessageShown & {
        readonly versions: {
          readonly hasEarlier: boolean
          readonly versions: readonly { readonly number: number; readonly text: string }[]
        } | null
      })
    | null
}

/** One message with all of its versions, of which nobody makes more than a page. */
export async function readMessage(person: Person, room: Room, id: string): Promise<void> {
  const place = person.placeOf(room, 'page')
  const answer = await person.ask<MessageAnswer>(messageQuery, { id })
  const message = answer?.data?.message ?? null
  if (message === null) return
  const { viewer, since } = place
  // A text that was changed is one of its versions until the message is deleted.
  person.witness.showed(message, place)
  person.witness.sawMessage(message, 0, place)
  if (message.versions === null || message.versions.hasEarlier) return
  const texts = message.versions.versions.map(({ number, text }, index) => (number === index + 1 ? text : `${number}: ${text}`)) // prettier-ignore
  person.witness.history.record({ op: 'versions', message: id, viewer, since, texts })
}

const readsMessage: Deed = {
  name: 'read a message',
  share: 1.5,
  run: async (person, room) => {
    const picked = pickMessage(person, room)
    if (picked !== undefined) await readMessage(person, room, picked.id)
  },
}

const marking = (field: string, input: string): string =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { conversationId errors { code } } }`

/** Asked until it is answered: a position that nobody knows would prove nothing. */
const marks = (name: string, share: number, field: string, input: string, isBack: boolean): Deed => ({
  name,
  share,
  run: async (person, room) => {
    const { revision } = room
    const line = Math.max(isBack ? 1 : 0, room.lines - person.random.below(isBack ? 12 : 4))
    if (line > room.lines) return
    const variables = { input: { conversationId: room.id, line, revision } }
    const answer = await person.until('a read position was moved', () =>
      person.ask<Record<string, unknown>>(marking(field, input), variables),
    )
    const payload = answer?.data?.[field]
    // Who was removed may not.
    if (payload === null || payload === undefined || userErrorsOf(payload).length > 0) return
    const { id: viewer } = person
    person.witness.history.record({ op: 'marked', conversation: room.id, viewer, line, isBack, revision })
    if (isBack) room.revision = revision + 1
  },
})

const threadQuery = `query ($conversationId: ID!, $rootId: ID!, $after: Int, $before: Int, $first: Int, $last: Int) {
  thread(conversationId: $conversationId, rootId: $rootId, after: $after, before: $before, first: $first, last: $last) {
    root { ${messageFields} } events { ${fieldsOfKind('MessageSent')} } hasLater readLine unreadCount isFollowed } }`

interface ThreadAnswer {
  readonly thread: {
    readonly root: MessageShown
    readonly events: readonly EventShown[]
    readonly hasLater: boolean
    readonly readLine: number
    readonly unreadCount: number
    readonly isFollowed: boolean
  } | null
}

/** Which replies to read: the last ones, those before a line, or all, when all is quiet. */
type Range = { readonly before: number | null } | 'all'

export async function readThread(person: Person, room: Room, root: string, range: Range): Promise<void> {
  const place = person.placeOf(room, 'page')
  const { viewer, since } = place
  const isQuiet = range === 'all'
  const lines: number[] = []
  const replies: string[] = []
  for (let hasLater = true; hasLater;) {
    const where = isQuiet ? { after: lines.at(-1) ?? 0, first: 100 } : { before: range.before, last: 10 }
    const answer = await person.ask<ThreadAnswer>(threadQuery, { conversationId: room.id, rootId: root, ...where })
    const thread = answer?.data?.thread ?? null
    if (thread === null) return
    person.witness.showed(thread, place)
    person.witness.sawMessage(thread.root, 0, place)
    for (const event of thread.events) {
      person.witness.saw(event, place)
      lines.push(event.message?.threadLine ?? 0)
      replies.push(event.message?.id ?? '')
    }
    hasLater = isQuiet && thread.hasLater
    if (hasLater) continue
    const { readLine, unreadCount: unread, isFollowed } = thread
    const counts = { readLine, unread, isFollowed }
    person.witness.history.record({ op: 'thread', root, viewer, since, lines, replies, ...counts, isQuiet })
  }
}

const readsThread: Deed = {
  name: 'read a thread',
  share: 1.5,
  run: async (person, room) => {
    const root = pickMessage(person, room, ({ thread }) => thread !== null)
    if (root === undefined) return
    const lines = root.thread?.lines ?? 0
    await readThread(person, room, root.id, { before: person.random.chance(0.3) ? lines : null })
  },
}

const marksThread: Deed = {
  name: 'mark a thread as read',
  share: 1,
  run: async (person, room) => {
    const root = pickMessage(person, room, ({ thread }) => thread !== null)
    if (root === undefined) return
    const line = Math.max(0, (root.thread?.lines ?? 0) - person.random.below(2))
    const text =
      'mutation ($input: MarkThreadReadInput!) { markThreadRead(input: $input) { readLine errors { code } } }'
    const answer = await person.until('a thread was marked as read', () =>
      person.ask<{ markThreadRead: { readonly readLine: number | null } | null }>(text, {
        input: { conversationId: room.id, rootId: root.id, line },
      }),
    )
    if ((answer?.data?.markThreadRead?.readLine ?? null) === null) return
    person.witness.history.record({ op: 'marked-thread', root: root.id, viewer: person.id, line })
  },
}

export const readingDeeds: readonly Deed[] = [
  reads,
  readsMessage,
  marks('mark read', 2, 'markRead', 'MarkReadInput', false),
  marks('mark unread', 0.7, 'markUnread', 'MarkUnreadInput', true),
  readsThread,
  marksThread,
]
