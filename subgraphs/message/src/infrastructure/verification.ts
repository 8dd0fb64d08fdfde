import type { ConversationId } from '@parley/kernel/ids'
import type { Connection } from '@parley/platform/mongo/mongo.module'
import { LogSequence, Recount } from '../domain/recount'
import type { TimelineEvent } from '../domain/timeline-event'
import { DriftReport } from './drift'
import { LogRanges } from './log-ranges'
import { VerifyBookmarks } from './verify-bookmarks'
import { HeadCount, VerifyHeads } from './verify-heads'
import { type Scope, VerifyMessages } from './verify-messages'
import { VerifyPeople } from './verify-people'
import { VerifyThreads } from './verify-threads'

/** Each waits for the engine most of the time, and has one range of its log in memory. */
const conversationsAtOnce = 4

export interface VerificationOptions {
  /** Corrects the projections; the log is never changed. */
  readonly isRepairing: boolean
  /** Told after each range of a log. */
  readonly onProgress?: (conversations: number, events: number) => void
  readonly signal?: AbortSignal
}

/**
 * Counts every log again and compares the projections with it, while the service runs. A projection promises what its
 * checkpoint says: so each conversation is compared up to the checkpoint that it had before its log was read, and what is
 * written meanwhile can only be ahead of that. Corrections are conditional on what was compared, so that they never undo
 * what a process writes meanwhile.
 */
export class Verification {
  readonly report = new DriftReport()
  readonly #log: LogRanges
  readonly #messages: VerifyMessages
  readonly #threads: VerifyThreads
  readonly #people: VerifyPeople
  readonly #heads: VerifyHeads
  readonly #bookmarks: VerifyBookmarks
  readonly #isRepairing: boolean
  readonly #onProgress: (conversations: number, events: number) => void
  readonly #signal: AbortSignal
  #conversations = 0
  #events = 0

  constructor(
    private readonly connection: Connection,
    options: VerificationOptions,
  ) {
    const { isRepairing, onProgress = () => undefined, signal = new AbortController().signal } = options
    this.#log = new LogRanges(connection)
    this.#messages = new VerifyMessages(connection, this.#log, this.report, isRepairing)
    this.#threads = new VerifyThreads(connection, this.report, isRepairing)
    this.#people = new VerifyPeople(connection, this.#log, this.report, isRepairing)
    this.#heads = new VerifyHeads(connection, this.#log, this.report, isRepairing)
    this.#bookmarks = new VerifyBookmarks(connection, this.report, isRepairing)
    this.#isRepairing = isRepairing
    this.#onProgress = onProgress
    this.#signal = signal
  }

  /** Everything. Rejects with the reason of the signal; the report then has what was found until then. */
  async verify(): Promise<void> {
    await this.#each((id) => this.#verify(id))
    await this.#bookmarks.verify(this.#signal)
  }

  /** Makes the projections complete up to the end of each log, whatever their checkpoints say; returns the number of events. */
  async rebuild(): Promise<number> {
    await this.#each((id) => this.#rebuild(id))
    return this.#events
  }

  async #each(work: (id: ConversationId) => Promise<void>): Promise<void> {
    const ids = this.#log.conversations()
    const workOn = async () => {
      for (let next = await ids.next(); next.done !== true; next = await ids.next()) {
        await work(next.value)
        this.#conversations += 1
      }
    }
    try {
      await Promise.all(Array.from({ length: conversationsAtOnce }, workOn))
    } finally {
      await ids.return(undefined)
    }
  }

  async #verify(conversationId: ConversationId): Promise<void> {
    const head = await this.#heads.load(conversationId)
    const { end } = await this.#compare({ conversationId, promised: head?.foldedSeq ?? 0 }, head)
    if (!(await this.#heads.isLeftBehind(conversationId, end))) return
    this.report.drift('heads', conversationId, head === null ? 'missing' : 'checkpoint behind')
    if (!this.#isRepairing) return
    const rebuilding = new Verification(this.connection, { isRepairing: true, signal: this.#signal })
    await rebuilding.#rebuild(conversationId)
  }

  async #rebuild(conversationId: ConversationId): Promise<void> {
    const head = await this.#heads.load(conversationId)
    const { count } = await this.#compare({ conversationId, promised: Infinity }, head)
    if (count.end.headSeq > 0) await this.#heads.complete(conversationId, count.end)
  }

  async #compare(scope: Scope, head: Awaited<ReturnType<VerifyHeads['load']>>) {
    const { conversationId, promised } = scope
    const [sequence, recount] = [new LogSequence(), new Recount()]
    const count = new HeadCount(promised, head?.headSeq ?? 0)
    let compared = 0
    for await (const events of this.#log.ranges(conversationId)) {
      this.#signal.throwIfAborted()
      this.#verifySequence(sequence, events)
      count.take(events)
      const due = events.filter(({ seq }) => seq <= promised)
      const to = due.at(-1)?.seq ?? 0
      if (due.length > 0) {
        await this.#messages.verify(scope, due, compared + 1, to)
        await this.#threads.verify(due)
        for (const event of due) recount.take(event)
        compared = to
      }
      this.#events += events.length
      this.#onProgress(this.#conversations, this.#events)
    }
    // A rebuild too: what is written meanwhile is ahead of what was recounted.
    const reached = { conversationId, promised: compared }
    await this.#messages.verifyRest(reached, compared, sequence.place.seq)
    await this.#threads.verifyPositions(reached)
    await this.#people.verify(reached, recount)
    await this.#heads.verify(conversationId, head, count)
    this.#verifyPins(conversationId, sequence)
    return { end: sequence.place.seq, count }
  }

  #verifySequence(sequence: LogSequence, events: readonly TimelineEvent[]): void {
    this.report.checked('log', events.length)
    for (const event of events) {
      const faults = sequence.take(event)
      if (faults.length > 0) this.report.drift('log', `${event.conversationId}/${event.seq}`, faults.join(' '))
    }
  }

  /** The count that the log carries, and the messages that are pinned by it. */
  #verifyPins(conversationId: ConversationId, { place, pinned }: LogSequence): void {
    if (pinned !== (place.pins ?? 0)) this.report.drift('pins', conversationId, 'count of the log')
  }
}
