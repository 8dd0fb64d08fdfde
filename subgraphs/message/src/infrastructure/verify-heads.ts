import { isDeepStrictEqual } from 'node:util'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import type { ConversationId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { HeadDocument } from './documents'
import type { DriftReport, DriftKind } from './drift'
import { type Head, headsOf, laterHead, noHead } from './heads'
import type { LogRanges } from './log-ranges'

/** What a log says about its head: up to what is promised, up to the seq that the row has, and at its end. */
export class HeadCount {
  promised: Head = noHead
  stored: Head = noHead
  end: Head = noHead

  constructor(
    private readonly promisedSeq: number,
    private readonly storedSeq: number,
  ) {}

  take(events: readonly TimelineEvent[]): void {
    const upTo = (head: Head, seq: number) => {
      const some = events.filter((event) => event.seq <= seq)
      const [newer] = headsOf(some).values()
      return newer === undefined ? head : laterHead(head, newer)
    }
    this.promised = upTo(this.promised, this.promisedSeq)
    this.stored = upTo(this.stored, this.storedSeq)
    this.end = upTo(this.end, Infinity)
  }
}

/** Compares the heads of conversations with their logs. */
export class VerifyHeads {
  readonly #heads: Model<typeof HeadDocument>

  constructor(
    connection: Connection,
    private readonly log: LogRanges,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#heads = modelOn(connection, HeadDocument)
  }

  load(conversationId: ConversationId): Promise<HeadDocument | null> {
    return collectionOf(this.#heads).findOne({ _id: conversationId })
  }

  /** A row as it was before the log was read. */
  async verify(conversationId: ConversationId, row: HeadDocument | null, count: HeadCount): Promise<void> {
    this.report.checked('heads', 1)
    if (row !== null) {
      if (row.pins !== undefined || count.promised.pins !== undefined) this.report.checked('pins', 1)
      const faults = faultsOf(row, count)
      for (const [kind, what] of faults) this.report.drift(kind, conversationId, what)
      if (this.isRepairing && faults.length > 0) await this.#correct(row, count.end)
    }
  }

  /** True when the checkpoint is behind and nobody will move it: no event after it waits for the relay. */
  async isLeftBehind(conversationId: ConversationId, end: number): Promise<boolean> {
    const before = (await this.load(conversationId))?.foldedSeq ?? 0
    if (before >= end || (await this.log.isPending(conversationId, before + 1))) return false
    // The relay moves the checkpoint before it marks an event as relayed.
    return ((await this.load(conversationId))?.foldedSeq ?? 0) === before
  }

  /** Everything up to this head is folded. */
  async complete(conversationId: ConversationId, end: Head): Promise<void> {
    const head = { ...end, foldedSeq: end.headSeq, changedAt: new Date() }
    await upsertAll(this.#heads, [{ filter: { _id: conversationId }, update: { $max: head } }])
  }

  /** Only as it was compared. A checkpoint in range stays where it is. */
  async #correct({ _id, headSeq, foldedSeq = 0 }: HeadDocument, end: Head): Promise<void> {
    const $set = { ...end, foldedSeq: Math.min(foldedSeq, end.headSeq), changedAt: new Date() }
    const surplus = (['detailsSeq', 'lastMessage', 'pins'] as const).filter((name) => end[name] === undefined)
    const $unset = Object.fromEntries(surplus.map((name) => [name, '' as const]))
    const update = surplus.length === 0 ? { $set } : { $set, $unset }
    await collectionOf(this.#heads).updateOne({ _id, headSeq }, update)
  }
}

function faultsOf(row: HeadDocument, { promised, stored, end }: HeadCount): readonly (readonly [DriftKind, string])[] {
  const { headSeq, lines, foldedSeq = 0, detailsSeq = 0, lastMessage, pins } = row
  const isInLog = stored.headSeq === headSeq
  return [
    ...(foldedSeq <= end.headSeq ? [] : [['heads', 'checkpoint beyond the log'] as const]),
    ...(isInLog && headSeq >= promised.headSeq ? [] : [['heads', 'seq'] as const]),
    ...(isInLog && lines !== stored.lines ? [['heads', 'lines'] as const] : []),
    ...(isBetween(detailsSeq, promised.detailsSeq ?? 0, end.detailsSeq ?? 0) ? [] : [['heads', 'details'] as const]),
    ...(isOneOf(lastMessage, promised.lastMessage, end.lastMessage) ? [] : [['heads', 'last message'] as const]),
    ...(isOneOf(pins, promised.pins, end.pins) ? [] : [['pins', 'count'] as const]),
  ]
}

const isBetween = (value: number, from: number, to: number): boolean => value >= from && value <= to

/** Between the two it may be any: events after what is promised are applied in any order. */
function isOneOf(
  is: { seq: number } | undefined,
  promised: { seq: number } | undefined,
  end: { seq: number } | undefined,
) {
  if (isDeepStrictEqual(is, promised) || isDeepStrictEqual(is, end)) return true
  const [from, seq, to] = [promised, is, end].map((part) => part?.seq ?? 0) as [number, number, number]
  return seq > from && seq < to
}
