import {
  isLine,
  type LineEvent,
  type Message,
  type MessageEvent,
  messagesOf,
  quoteOf,
  type SentEvent,
  type TimelineEvent,
  type TimelineFrame,
  type TimelinePage,
} from '../features/timeline/model/events'

export const ada = { id: 'u1', username: 'ada', displayName: 'Ada' }
export const bob = { id: 'u2', username: 'bob', displayName: 'Bob' }

const entryAt = (seq: number) => ({
  seq,
  at: new Date(1_700_000_000_000 + seq * 1000).toISOString(),
  actor: ada,
})

const notGone = { deletedAt: null, deletedById: null }
const notPinned = { pinnedAt: null, pinnedById: null }
const ownWords = { replyToId: null, replyTo: null, forwardedFromId: null, forwardedFrom: null }

export function messageSent(seq: number, line = seq, change: Partial<MessageEvent> = {}): MessageEvent {
  const state = { text: `text ${seq}`, editedAt: null, reactions: [], ...notGone, ...notPinned }
  const place = { line, threadId: null, threadLine: null, thread: null }
  const ids = { id: `m${seq}`, conversationId: 'c', authorId: ada.id, clientId: `k${seq}` }
  const message = { ...ids, version: seq, ...state, ...place, ...ownWords }
  return { ...entryAt(seq), type: 'MessageSent', line, message, root: null, ...change }
}

/** A reply in the thread of a message; with a line it is in the conversation as well. */
export function messageReplied(seq: number, root: Message, line: number | null = null): SentEvent {
  const { message, ...sent } = messageSent(seq)
  const before = root.thread ?? { lines: 0, replyCount: 0, lastReplyAt: '', participantIds: [] }
  const thread = {
    lines: before.lines + 1,
    replyCount: before.replyCount + 1,
    lastReplyAt: sent.at,
    participantIds: [...before.participantIds.filter((id) => id !== ada.id), ada.id],
  }
  const reply = { ...message, line, threadId: root.id, threadLine: thread.lines }
  return { ...sent, line, message: reply, root: { ...root, version: seq, thread } }
}

/** The same, quoting a message. */
export const quoting = <E extends SentEvent>(event: E, quoted: Message): E => ({
  ...event,
  message: { ...event.message, replyToId: quoted.id, replyTo: quoteOf(quoted) },
})

export const messageEdited = (seq: number, message: Message): TimelineEvent => ({
  ...entryAt(seq),
  type: 'MessageEdited',
  line: null,
  message: { ...message, editedAt: entryAt(seq).at },
})

/** Adds a reaction of this user, or removes it if it is there. */
export function reactionSet(seq: number, message: Message, userId = bob.id, emoji = '👍'): TimelineEvent {
  const known = message.reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? []
  const isAdded = !known.includes(userId)
  const userIds = isAdded ? [...known, userId] : known.filter((id) => id !== userId)
  const others = message.reactions.filter((reaction) => reaction.emoji !== emoji)
  const reactions = userIds.length === 0 ? others : [...others, { emoji, count: userIds.length, userIds }]
  const type = isAdded ? 'ReactionAdded' : 'ReactionRemoved'
  return { ...entryAt(seq), type, line: null, message: { ...message, reactions } }
}

/** Pins it, or unpins it if it is pinned. */
export function pinSet(seq: number, message: Message): TimelineEvent {
  const isPinned = message.pinnedAt === null
  const pin = isPinned ? { pinnedAt: entryAt(seq).at, pinnedById: ada.id } : notPinned
  const type = isPinned ? 'MessagePinned' : 'MessageUnpinned'
  return { ...entryAt(seq), type, line: null, message: { ...message, ...pin, version: seq } }
}

export const messageDeleted = (seq: number, message: Message, root: Message | null = null): TimelineEvent => ({
  ...entryAt(seq),
  type: 'MessageDeleted',
  line: null,
  root: root?.thread
    ? { ...root, version: seq, thread: { ...root.thread, replyCount: root.thread.replyCount - 1 } }
    : null,
  message: {
    ...message,
    ...notPinned,
    ...ownWords,
    version: seq,
    text: '',
    reactions: [],
    deletedAt: entryAt(seq).at,
    deletedById: ada.id,
  },
})

/** A kind that makes no line and concerns no message, as a newer server may have. */
const somethingSet = (seq: number) =>
  ({ ...entryAt(seq), type: 'SomethingSet', line: null }) as unknown as TimelineEvent

const lineKinds: readonly ((seq: number, line: number) => LineEvent)[] = [
  messageSent,
  (seq, line) => ({ ...entryAt(seq), type: 'MemberJoined', line, member: bob }),
  (seq, line) => ({ ...entryAt(seq), type: 'MemberLeft', line, member: bob }),
  (seq, line) => ({ ...entryAt(seq), type: 'TitleChanged', line, title: `title ${seq}` }),
  (seq, line) => ({ ...entryAt(seq), type: 'TopicChanged', line, topic: seq % 2 === 0 ? null : `topic ${seq}` }),
  (seq, line) => ({ ...entryAt(seq), type: 'ConversationStarted', line, title: null }),
]

/** A reply in a thread, which quotes the one before it. */
function replyIn(messages: ReadonlyMap<string, Message>, seq: number, root: Message, line: number | null): SentEvent {
  const reply = messageReplied(seq, root, line)
  const before = [...messages.values()].findLast(
    ({ threadId, deletedAt }) => threadId === root.id && deletedAt === null,
  )
  return before === undefined ? reply : quoting(reply, before)
}

/** A conversation's log and the answers of a server for it. */
export class TimelineLog {
  constructor(readonly events: readonly TimelineEvent[]) {}

  static ofMessages(count: number): TimelineLog {
    return new TimelineLog(Array.from({ length: count }, (_, index) => messageSent(index + 1)))
  }

  /** Built from random choices, each of which decides what happens next. */
  static of(choices: readonly number[]): TimelineLog {
    const events: TimelineEvent[] = []
    let line = 0
    for (const choice of choices) {
      const seq = events.length + 1
      const messages = new Map(events.flatMap(messagesOf).map((message) => [message.id, message]))
      const sent = [...messages.values()].filter(({ deletedAt }) => deletedAt === null)
      const changed = sent[choice % Math.max(1, sent.length)]
      const kind = choice % 10
      const makeLine = lineKinds[kind]
      if (makeLine !== undefined) events.push(makeLine(seq, ++line))
      else if (kind === 7 || changed === undefined) events.push(somethingSet(seq))
      else if (kind === 9 && changed.line !== null) events.push(quoting(messageSent(seq, ++line), changed))
      else if (choice % 3 === 0) events.push(messageDeleted(seq, changed, messages.get(changed.threadId ?? '')))
      else if (choice % 3 === 1 && changed.threadId === null)
        events.push(replyIn(messages, seq, changed, choice % 2 === 0 ? ++line : null))
      else if (choice % 5 === 0) events.push(pinSet(seq, changed))
      else events.push(messageEdited(seq, { ...changed, version: seq, text: `edited ${seq}` }))
    }
    return new TimelineLog(events)
  }

  get length(): number {
    return this.events.length
  }

  /** The last `last` lines before `before`, from a server that has the log up to `head`. */
  page(before: number | null, last: number, head = this.length): TimelinePage {
    const lines = this.#asOf(head).filter(isLine)
    const to = before === null ? lines.length : Math.min(before - 1, lines.length)
    const from = Math.max(0, to - last)
    return { events: lines.slice(from, to), hasEarlier: from > 0, isLatest: before === null, headSeq: head }
  }

  /** The lines from this one on, as a page around some place has them. */
  linesFrom(from: number, count: number, head = this.length): TimelinePage {
    const lines = this.#asOf(head).filter(isLine)
    const start = Math.max(0, Math.min(from - 1, lines.length - count))
    return { events: lines.slice(start, start + count), hasEarlier: start > 0, isLatest: false, headSeq: head }
  }

  /** The events from one seq to another, each with its message in its state at `asOf`. */
  frame(from: number, to: number, asOf = to): TimelineFrame {
    return { events: this.#asOf(asOf).slice(from - 1, to), headSeq: Math.max(asOf, to) }
  }

  /** The state of the messages after all events up to this seq. */
  messagesAt(head: number): ReadonlyMap<string, Message> {
    const messages = this.events.slice(0, head).flatMap(messagesOf)
    return new Map(messages.map((message) => [message.id, message]))
  }

  /** Messages quote others as these are at that time. */
  #asOf(head: number): TimelineEvent[] {
    const messages = this.messagesAt(head)
    const stateOf = ({ id }: Message) => {
      const message = messages.get(id) as Message
      const quoted = message.replyToId === null ? undefined : messages.get(message.replyToId)
      return quoted === undefined ? message : { ...message, replyTo: quoteOf(quoted) }
    }
    return this.events.slice(0, head).map((event) => {
      const [message, root] = messagesOf(event)
      if (message === undefined) return event
      const now = { ...event, message: stateOf(message) }
      return (root === undefined ? now : { ...now, root: stateOf(root) }) as TimelineEvent
    })
  }
}
