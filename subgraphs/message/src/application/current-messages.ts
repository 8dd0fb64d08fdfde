import { Injectable, Logger } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { evolve, type Message, messageIdOf, messagesAfter, newestOf, rootIn, sendingOf } from '../domain/message'
import { beginning, lineOf, type Place, threadPlaceOf, type TimelineEvent } from '../domain/timeline-event'
import { type ConversationHead, ConversationHeads } from './conversation-heads'
import { isWithin, type LineRange, linesIn } from './page-range'
import { TimelineLog } from './timeline-log'

/**
 * The projection of messages: it contains all events up to the checkpoint of their conversation, and perhaps some later
 * ones. `CurrentMessages` adds the rest.
 */
export abstract class Messages {
  abstract byId(ids: readonly MessageId[]): Promise<readonly Message[]>

  /** The messages that make the lines `from ≤ line ≤ to`, in any order. */
  abstract inLines(conversationId: ConversationId, from: number, to: number): Promise<readonly Message[]>

  /** The replies of a thread in its lines `from ≤ line ≤ to`, in any order. */
  abstract inThread(rootId: MessageId, from: number, to: number): Promise<readonly Message[]>

  /** The pinned messages of a conversation, in any order. */
  abstract pinnedIn(conversationId: ConversationId): Promise<readonly Message[]>

  /** Folds in the events after the checkpoint of a conversation, and moves the checkpoint. */
  abstract fold(events: readonly TimelineEvent[]): Promise<void>

  /** Folds in some events, wherever the checkpoint is. */
  abstract apply(events: readonly TimelineEvent[]): Promise<void>
}

/**
 * An event, with the current state of the message that it is about, and where they were read as well, of the message
 * that this one quotes and of the root of its thread.
 */
export type EventNow = TimelineEvent & {
  readonly message: Message | null
  readonly quoted?: Message
  readonly root?: Message
}

/** A new event, with the state of its message right after it. */
export const asItHappened = (event: TimelineEvent): EventNow => ({ ...event, message: evolve(null, event) })

export interface EventsNow {
  readonly events: readonly EventNow[]
  /** All events up to this seq are in their messages. */
  readonly upTo: number
}

export interface PageNow extends EventsNow, LineRange {
  /** How many there are. */
  readonly lines: number
}

/** A thread: its root, and the replies in a range of its lines, ascending. */
export interface ThreadNow extends LineRange {
  readonly root: Message
  readonly replies: readonly Message[]
  /** What these messages quote. */
  readonly quoted: ReadonlyMap<MessageId, Message>
  readonly upTo: number
}

/** A conversation whose newest message is requested, and up to which seq it must be current. */
export interface NewestAsked {
  readonly conversationId: ConversationId
  /** A seq that the reader knows to exist. */
  readonly heardSeq: number
}

/** The events of one conversation that the projection may lack. */
interface Tail {
  readonly events: readonly TimelineEvent[]
  readonly upTo: number
  /** It goes to the end of the log. */
  readonly isWhole: boolean
}

/** A message, and the seq up to which every event about it is in. */
export interface MessageUpTo {
  readonly message: Message
  readonly upTo: number
}

const page = 500
/** How many missing events a reader folds at most. */
const maxBehind = 2_000
/** From this number on a reader stores what it has folded, so that the next reader need not. */
const worthFolding = 100

/**
 * The current state of messages: the projection, and the log after its checkpoint. The checkpoint is read first and the
 * messages last, so that an event that is folded in between is in one of the two.
 */
@Injectable()
export class CurrentMessages {
  readonly #logger = new Logger(CurrentMessages.name)

  constructor(
    private readonly messages: Messages,
    private readonly log: TimelineLog,
    private readonly heads: ConversationHeads,
  ) {}

  /** Once it resolves, every process reads the message of this event as it is after it, without the log. */
  settle(event: TimelineEvent): Promise<void> {
    return this.messages.apply([event])
  }

  /** With the root of its thread: the one that the log has beside a reply is as old as the event. */
  async asOfNow(event: TimelineEvent): Promise<EventNow> {
    const rootId = rootIn(event)?.id
    const [{ events }, [root]] = await Promise.all([
      this.allAsOfNow(event.conversationId, [event]),
      this.byId(rootId === undefined ? [] : [rootId]),
    ])
    return { ...(events[0] ?? asItHappened(event)), ...(root === undefined ? {} : { root }) }
  }

  /** Events of one conversation. */
  async allAsOfNow(conversationId: ConversationId, events: readonly TimelineEvent[]): Promise<EventsNow> {
    const tail = (await this.#tailsOf([conversationId])).get(conversationId) ?? { events: [], upTo: 0, isWhole: false }
    const projected = await this.messages.byId(events.flatMap((event) => messageIdOf(event) ?? []))
    return { events: withMessages(events, tail, projected), upTo: tail.upTo }
  }

  /**
   * The events that make some lines, of which `rangeOf` is told how many there are. A message shows which event sent
   * it, so the log is only read for what the projection lacks: other events, and those after the checkpoint. The checkpoint is read
   * first; messages and log may then be read at once. What the messages quote is read at once, in the last round trip.
   */
  async lines(
    conversationId: ConversationId,
    rangeOf: (lines: number) => LineRange | Promise<LineRange>,
  ): Promise<PageNow> {
    const head = (await this.heads.load([conversationId])).get(conversationId)
    const counted = head?.lines ?? 0
    const [tail, [expected, atOnce]] = await Promise.all([
      this.#tail(conversationId, head?.foldedSeq ?? 0),
      this.#inLines(conversationId, rangeOf(counted)),
    ])
    const end = endOf(head, tail) ?? (await this.log.head(conversationId))
    const range = end.lines === counted ? expected : await rangeOf(end.lines)
    const late = new Set(tail.events.map(lineOf))
    const isRead = linesIn(range).every((line) => late.has(line) || isWithin(expected, line))
    const projected = isRead ? atOnce : (await this.#inLines(conversationId, range))[1]
    const found = new Map<number, TimelineEvent>()
    for (const event of [...projected.map(sendingOf), ...tail.events]) addLine(found, event)
    const missing = linesIn(range).filter((line) => !found.has(line))
    const [logged, quoted] = await Promise.all([
      this.log.readLines(conversationId, missing[0] ?? 1, missing.at(-1) ?? 0),
      this.#quotedIn(({ line }) => isWithin(range, line), tail, projected),
    ])
    for (const event of logged) addLine(found, event)
    const events = linesIn(range).flatMap((line) => found.get(line) ?? [])
    const now = withMessages(events, tail, [...projected, ...quoted])
    return { ...range, lines: end.lines, events: now, upTo: Math.min(end.seq, tail.upTo) }
  }

  /** Where a message stands, which never changes; null when there is none. */
  async sending(id: MessageId): Promise<Pick<Message, 'conversationId' | 'line' | 'threadId' | 'threadLine'> | null> {
    const [known] = await this.messages.byId([id])
    const [sent] = known === undefined ? await this.log.sent([id]) : []
    return known ?? (sent === undefined ? null : evolve(null, sent))
  }

  /** The pinned messages of a conversation, the newest pin first. */
  async pinnedIn(conversationId: ConversationId): Promise<readonly Message[]> {
    const head = (await this.heads.load([conversationId])).get(conversationId)
    const { events } = await this.#tail(conversationId, head?.foldedSeq ?? 0)
    const now = messagesAfter(events, await this.messages.pinnedIn(conversationId))
    const pinnedAt = (message: Message) => message.pinnedAt?.getTime() ?? 0
    const pinned = [...now.values()].filter((message) => message.pinnedAt !== null)
    return pinned.toSorted((one, other) => pinnedAt(other) - pinnedAt(one) || other.version - one.version)
  }

  /** Null when there is no such message in the conversation. `rangeOf` is told how many lines the thread has. */
  async thread(
    conversationId: ConversationId,
    rootId: MessageId,
    rangeOf: (lines: number) => LineRange,
  ): Promise<ThreadNow | null> {
    const [heads, [early]] = await Promise.all([this.heads.load([conversationId]), this.messages.byId([rootId])])
    // The root was read too early to be current, and tells which lines are probably asked for.
    const expected = rangeOf(early?.thread?.lines ?? 0)
    const [tail, known, atOnce] = await Promise.all([
      this.#tail(conversationId, heads.get(conversationId)?.foldedSeq ?? 0),
      this.messages.byId([rootId]),
      this.messages.inThread(rootId, expected.from, expected.to),
    ])
    const root = messagesAfter(tail.events, known).get(rootId) ?? (await this.byId([rootId]))[0]
    if (root?.conversationId !== conversationId) return null
    const range = rangeOf(root.thread?.lines ?? 0)
    const places = tail.events.flatMap((event) => threadPlaceOf(event) ?? [])
    const late = new Set(places.filter((place) => place.rootId === rootId).map(({ line }) => line))
    const isRead = linesIn(range).every((line) => late.has(line) || isWithin(expected, line))
    const projected = isRead ? atOnce : await this.messages.inThread(rootId, range.from, range.to)
    const isAsked = ({ threadId, threadLine }: Message) => threadId === rootId && isWithin(range, threadLine)
    const replies = [...messagesAfter(tail.events, projected).values()].filter(isAsked).sort(byThreadLine)
    const isShown = (message: Message) => message.id === rootId || isAsked(message)
    const quoted = await this.#quotedIn(isShown, tail, [root, ...projected])
    const now = messagesAfter(tail.events, [root, ...projected, ...quoted])
    return { root, replies, quoted: now, ...range, upTo: tail.upTo }
  }

  /** Those that exist. */
  async byId(ids: readonly MessageId[]): Promise<readonly Message[]> {
    return (await this.#upTo(ids)).map(({ message }) => message)
  }

  /** One that is to be changed (`TimelineLog.appendIfUnchanged`); null when there is none. */
  async toChange(id: MessageId): Promise<MessageUpTo | null> {
    const [found] = await this.#upTo([id])
    return found ?? null
  }

  /**
   * The newest message of each conversation; null without messages. Reads the log only where the projection is behind.
   */
  async newest(asked: readonly NewestAsked[]): Promise<readonly (Message | null)[]> {
    const heads = await this.heads.load(asked.map(({ conversationId }) => conversationId))
    const tails = await Promise.all(
      asked.map(async ({ conversationId, heardSeq }) => {
        const { seq, foldedSeq } = heads.get(conversationId) ?? { seq: 0, foldedSeq: 0 }
        return foldedSeq < Math.max(seq, heardSeq) ? (await this.#tail(conversationId, foldedSeq)).events : []
      }),
    )
    const projected = await this.messages.byId([...heads.values()].flatMap(({ lastMessageId }) => lastMessageId ?? []))
    return asked.map(({ conversationId }, index) => {
      const last = projected.filter((message) => message.conversationId === conversationId)
      return newestOf(messagesAfter(tails[index] ?? [], last).values())
    })
  }

  /** What some of the messages quote, as far as it is not among them. */
  async #quotedIn(
    isShown: (message: Message) => boolean,
    tail: Tail,
    projected: readonly Message[],
  ): Promise<readonly Message[]> {
    const known = messagesAfter(tail.events, projected)
    const ids = [...known.values()].filter(isShown).flatMap(({ replyToId }) => replyToId ?? [])
    const missing = new Set(ids.filter((id) => !known.has(id)))
    return missing.size === 0 ? [] : this.messages.byId([...missing])
  }

  async #inLines(
    conversationId: ConversationId,
    asked: LineRange | Promise<LineRange>,
  ): Promise<readonly [LineRange, readonly Message[]]> {
    const range = await asked
    const isEmpty = range.to < range.from
    return [range, isEmpty ? [] : await this.messages.inLines(conversationId, range.from, range.to)]
  }

  async #upTo(ids: readonly MessageId[]): Promise<readonly MessageUpTo[]> {
    // As for each message that quotes none.
    if (ids.length === 0) return []
    const known = await this.messages.byId(ids)
    const missing = ids.filter((id) => !known.some((message) => message.id === id))
    const sent = missing.length === 0 ? [] : await this.log.sent(missing)
    const conversationIds = new Set([...known, ...sent].map(({ conversationId }) => conversationId))
    const tails = await this.#tailsOf([...conversationIds])
    const events = [...tails.values()].flatMap((tail) => tail.events)
    const now = messagesAfter([...sent, ...events], await this.messages.byId(ids))
    return ids.flatMap((id) => {
      const message = now.get(id)
      if (message === undefined) return []
      const upTo = tails.get(message.conversationId)?.upTo ?? 0
      return { message, upTo: Math.max(upTo, message.version) }
    })
  }

  async #tailsOf(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, Tail>> {
    const heads = await this.heads.load(conversationIds)
    const tailOf = (id: ConversationId) => this.#tail(id, heads.get(id)?.foldedSeq ?? 0)
    return new Map(await Promise.all(conversationIds.map(async (id) => [id, await tailOf(id)] as const)))
  }

  async #tail(conversationId: ConversationId, checkpoint: number): Promise<Tail> {
    const events: TimelineEvent[] = []
    let isWhole = false
    while (!isWhole && events.length < maxBehind) {
      const next = await this.log.readAfter(conversationId, checkpoint + events.length, page)
      events.push(...next)
      isWhole = next.length < page
    }
    if (events.length >= worthFolding) this.#fold(events)
    return { events, upTo: checkpoint + events.length, isWhole }
  }

  #fold(events: readonly TimelineEvent[]): void {
    this.messages
      .fold(events)
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'Folding is left to the relay'))
  }
}

/** Events with their messages, of which those in the projection are `projected`. */
function withMessages(
  events: readonly TimelineEvent[],
  tail: Tail,
  projected: readonly Message[],
): readonly EventNow[] {
  const now = messagesAfter([...events, ...tail.events], projected)
  const messageNow = (id: MessageId | null) => (id === null ? null : (now.get(id) ?? null))
  return events.map((event) => {
    const message = messageNow(messageIdOf(event))
    const quoted = messageNow(message?.replyToId ?? null)
    return { ...event, message, ...(quoted === null ? {} : { quoted }) }
  })
}

/** The end of the log; null when only the log itself knows it. */
function endOf(head: ConversationHead | undefined, { events, isWhole }: Tail): Place | null {
  if (!isWhole) return null
  const last = events.at(-1)
  if (last !== undefined) return { seq: last.seq, lines: last.lines }
  if (head === undefined) return beginning
  return head.seq === head.foldedSeq ? { seq: head.seq, lines: head.lines } : null
}

const byThreadLine = (one: Message, other: Message): number => (one.threadLine ?? 0) - (other.threadLine ?? 0)

function addLine(lines: Map<number, TimelineEvent>, event: TimelineEvent): void {
  const line = lineOf(event)
  if (line !== null) lines.set(line, event)
}
