import type { MessageId, UserId } from '@parley/kernel/ids'
import { type MentionMarks, marksAfter, noMarks } from './mention-marks'
import { peopleIn } from './mentions'
import { evolve, type Message, messagesAfter } from './message'
import { maxOwnLines } from './read-state'
import { beginning, lineOf, type Place, placeAfter, threadPlaceOf, type TimelineEvent } from './timeline-event'

/** What the log says about one person in a conversation: of the newest lines, as many as are counted. */
export interface PersonalCount {
  /** Ascending. */
  readonly ownLines: readonly number[]
  readonly marks: MentionMarks
  /** Lines up to these are not remembered. */
  readonly ownLinesAfter: number
  readonly marksAfter: number
}

const nothing: PersonalCount = { ownLines: [], marks: noMarks, ownLinesAfter: 0, marksAfter: 0 }

/** Counts the log of one conversation again, event by event and in order. Its memory is bounded by the number of people. */
export class Recount {
  readonly #people = new Map<UserId, PersonalCount>()
  readonly #starts = new Set<number>()
  #place: Place = beginning

  /** Everybody who has written a line or is mentioned in one. */
  get people(): ReadonlyMap<UserId, PersonalCount> {
    return this.#people
  }

  /** The lines that say that the conversation was started: own lines of those who were in it then, whom the log does not name. */
  get startLines(): ReadonlySet<number> {
    return this.#starts
  }

  /** The place of the last event. */
  get place(): Place {
    return this.#place
  }

  take(event: TimelineEvent): void {
    this.#place = event
    const line = lineOf(event)
    if (line !== null) {
      if (event.type === 'ConversationStarted') this.#starts.add(line)
      this.#people.set(event.actorId, withOwnLine(this.of(event.actorId), line))
    }
    for (const userId of this.#concernedBy(event)) this.#people.set(userId, withEvent(this.of(userId), event, userId))
  }

  of(userId: UserId): PersonalCount {
    return this.#people.get(userId) ?? nothing
  }

  /** Whose marks an event may change: the log does not say who is not mentioned any more. */
  #concernedBy(event: TimelineEvent): Iterable<UserId> {
    if (event.type === 'MessageSent') return peopleIn(event.data.mentions ?? null)
    if (event.type !== 'MessageEdited' && event.type !== 'MessageDeleted') return []
    const line = evolve(null, event)?.line ?? null
    const known = [...this.#people].filter(([, { marks }]) => line !== null && marks.has(line)).map(([id]) => id)
    return new Set([...known, ...peopleIn(event.data.state.mentions ?? null)])
  }
}

function withOwnLine(count: PersonalCount, line: number): PersonalCount {
  const ownLines = [...count.ownLines, line]
  const forgotten = ownLines.length > maxOwnLines ? ownLines.shift() : undefined
  return { ...count, ownLines, ownLinesAfter: forgotten ?? count.ownLinesAfter }
}

function withEvent(count: PersonalCount, event: TimelineEvent, userId: UserId): PersonalCount {
  const marks = marksAfter(count.marks, event, userId)
  const forgotten = [...count.marks.keys()].filter((line) => !marks.has(line))
  return { ...count, marks, marksAfter: Math.max(count.marksAfter, ...forgotten) }
}

/** Follows one log in order and finds what cannot be in it: the counts are derived from the event before. */
export class LogSequence {
  readonly #pinned = new Set<MessageId>()
  #place: Place = beginning

  get place(): Place {
    return this.#place
  }

  /** The pinned messages, if the log is followed to its end: a deleted one was erased from earlier events as well. */
  get pinned(): number {
    return this.#pinned.size
  }

  /** The names of the counts that do not follow from the event before. */
  take(event: TimelineEvent): readonly string[] {
    const expected = placeAfter(this.#place, event)
    this.#place = event
    for (const message of messagesAfter([event]).values()) this.#takeState(message)
    const reply = threadPlaceOf(event)
    const threadLines = event.type === 'MessageSent' ? event.data.root?.thread?.lines : undefined
    return [
      ...(event.seq === expected.seq ? [] : ['seq']),
      // After a gap nothing is known about the other two.
      ...(event.seq !== expected.seq || event.lines === expected.lines ? [] : ['lines']),
      ...(event.seq !== expected.seq || event.pins === expected.pins ? [] : ['pins']),
      ...(reply === null || reply.line === threadLines ? [] : ['thread lines']),
    ]
  }

  #takeState({ id, pinnedAt }: Message): void {
    if (pinnedAt === null) this.#pinned.delete(id)
    else this.#pinned.add(id)
  }
}
