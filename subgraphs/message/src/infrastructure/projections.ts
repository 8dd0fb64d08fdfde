import { Injectable } from '@nestjs/common'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { type Message, messagesAfter } from '../domain/message'
import { maxOwnLines } from '../domain/read-state'
import { lineOf, type TimelineEvent } from '../domain/timeline-event'
import { HeadDocument, InboxDocument, MentionsOfUserDocument, MessageDocument, ThreadReadDocument } from './documents'
import { type Head, headsOf } from './heads'
import { MentionRows } from './mention-rows'
import { toRow, updateTo } from './message-rows'
import { cutsOf, inboxId, ownLines, ownThreadLines } from './inbox-rows'

/** At most as many events are folded at once. */
export const foldedAtOnce = 500

/** How many events a process remembers to have applied; the relay comes to them within a second or so. */
const remembered = 10_000

/**
 * Folds events into `messages`, `conversation_heads`, the own lines of `inbox` and `mentions`. The newest state of each message
 * wins, so that events can be applied twice or in another order.
 */
@Injectable()
export class Projections {
  /** Events that this process has applied, by their place: the relay, which is next, only moves the checkpoint. */
  readonly #applied = new Set<string>()
  /** How many own lines each row of an inbox has got from this process since it was looked at. */
  readonly #ownLines = new Map<string, number>()
  readonly #mentions: MentionRows

  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
    @InjectModel(InboxDocument) private readonly inbox: Model<typeof InboxDocument>,
    @InjectModel(ThreadReadDocument) private readonly threadReads: Model<typeof ThreadReadDocument>,
    @InjectModel(MentionsOfUserDocument) mentions: Model<typeof MentionsOfUserDocument>,
  ) {
    this.#mentions = new MentionRows(mentions)
  }

  /**
   * New events of this process, and those that a reader of this process has found unfolded. Messages and own lines
   * first, so that a reader of a head finds what it counts. The checkpoints move where no event is missing before these.
   */
  async apply(events: readonly TimelineEvent[]): Promise<void> {
    await this.#applyThreadLines(events)
    await Promise.all([this.applyMessages(events), this.#applyOwnLines(events), this.#mentions.apply(events)])
    await this.#applyHeads(withCheckpoints(events, await this.#checkpointsOf(events)))
    for (const event of events) this.#applied.add(placeOf(event))
    for (const oldest of this.#applied) {
      if (this.#applied.size <= remembered) break
      this.#applied.delete(oldest)
    }
  }

  /** For the relay: as `apply`, but only what this process has not done already. */
  async settle(events: readonly TimelineEvent[]): Promise<void> {
    const checkpoints = await this.#checkpointsOf(events)
    const isFolded = ({ conversationId, seq }: TimelineEvent) =>
      seq <= (checkpoints.get(conversationId) ?? noCheckpoint).foldedSeq
    const unapplied = events.filter((event) => !this.#applied.has(placeOf(event)))
    await this.#applyThreadLines(unapplied)
    await Promise.all([
      this.applyMessages(unapplied.filter((event) => !isFolded(event))),
      this.#applyOwnLines(unapplied),
      this.#mentions.apply(unapplied),
    ])
    await this.#applyHeads(aheadOf(checkpoints, withCheckpoints(events, checkpoints)))
    for (const event of events) this.#applied.delete(placeOf(event))
  }

  /** What an import has not written in bulk, which are messages and inboxes. */
  async complete(events: readonly TimelineEvent[]): Promise<void> {
    await Promise.all([this.#applyThreadLines(events), this.#mentions.apply(events)])
    await this.#applyHeads(withCheckpoints(events, await this.#checkpointsOf(events)))
  }

  /** Only the messages, without their heads. */
  async applyMessages(events: readonly TimelineEvent[]): Promise<void> {
    const newest = [...messagesAfter(events).values()]
    // In its first state a message is older than any that is there. The engine syncs one insert of many rows once, and
    // each update of a bulk write.
    const [sent, changed] = [newest.filter(isAsSent), newest.filter((message) => !isAsSent(message))]
    await Promise.all([
      sent.length === 0 ? undefined : insertMissing(this.messages, sent.map(toRow)),
      changed.length === 0
        ? undefined
        : upsertAll(
            this.messages,
            changed.map(toRow).map((row) => ({
              filter: { _id: row._id, version: { $lt: row.version } },
              update: updateTo(row),
            })),
          ),
    ])
  }

  async #applyHeads(heads: ReadonlyMap<string, Head>): Promise<void> {
    if (heads.size === 0) return
    const changedAt = new Date()
    await upsertAll(
      this.heads,
      [...heads].map(([_id, head]) => ({ filter: { _id }, update: { $max: { ...head, changedAt } } })),
    )
  }

  async #checkpointsOf(events: readonly TimelineEvent[]): Promise<ReadonlyMap<string, Checkpoint>> {
    const ids = events.map(({ conversationId }) => conversationId)
    const rows = await findByIds(this.heads, ids, { headSeq: 1, foldedSeq: 1 })
    return new Map(rows.map(({ _id, headSeq, foldedSeq = 0 }) => [_id, { headSeq, foldedSeq }]))
  }

  /** Before the roots that count them, so that a reader of both finds none of them unread. */
  async #applyThreadLines(events: readonly TimelineEvent[]): Promise<void> {
    const rows = ownThreadLines(events)
    if (rows.length > 0) await upsertAll(this.threadReads, rows)
  }

  async #applyOwnLines(events: readonly TimelineEvent[]): Promise<void> {
    const made = events.filter((event) => lineOf(event) !== null)
    if (made.length === 0) return
    const byRow = Map.groupBy(made, ({ actorId, conversationId }) => inboxId(actorId, conversationId))
    const rows = [...byRow.values()].flatMap((events) => {
      const [first] = events
      const lines = events.map((event) => event.lines)
      return first === undefined ? [] : [ownLines(first.actorId, first.conversationId, lines)]
    })
    await upsertAll(this.inbox, rows)
    await this.#cutLongRows(byRow)
  }

  /** Somebody who writes and never reads, as programs do, must not make their row longer for ever. */
  async #cutLongRows(added: ReadonlyMap<string, readonly TimelineEvent[]>): Promise<void> {
    const long: string[] = []
    for (const [id, { length }] of added) {
      const count = (this.#ownLines.get(id) ?? 0) + length
      // Set anew, it is the last to be forgotten.
      this.#ownLines.delete(id)
      if (count > maxOwnLines) long.push(id)
      else this.#ownLines.set(id, count)
    }
    for (const oldest of this.#ownLines.keys()) {
      if (this.#ownLines.size <= remembered) break
      this.#ownLines.delete(oldest)
    }
    if (long.length === 0) return
    const rows = await findByIds(this.inbox, long)
    const cuts = rows.flatMap(cutsOf)
    if (cuts.length > 0) await upsertAll(this.inbox, cuts)
  }
}

const isAsSent = ({ version, seq }: Message): boolean => version === seq

const placeOf = ({ conversationId, seq }: TimelineEvent): string => `${conversationId} ${seq}`

type Checkpoint = Required<Pick<HeadDocument, 'headSeq' | 'foldedSeq'>>

const noCheckpoint: Checkpoint = { headSeq: 0, foldedSeq: 0 }

function withCheckpoints(
  events: readonly TimelineEvent[],
  checkpoints: ReadonlyMap<string, Checkpoint>,
): ReadonlyMap<string, Head> {
  const folded = new Map([...checkpoints].map(([id, { foldedSeq }]) => [id, foldedSeq]))
  for (const { conversationId: id, seq } of events) if (seq === (folded.get(id) ?? 0) + 1) folded.set(id, seq)
  return new Map([...headsOf(events)].map(([id, head]) => [id, { ...head, foldedSeq: folded.get(id) ?? 0 }]))
}

/** Those that say more than is stored. */
const aheadOf = (
  checkpoints: ReadonlyMap<string, Checkpoint>,
  heads: ReadonlyMap<string, Head>,
): ReadonlyMap<string, Head> =>
  new Map(
    [...heads].filter(([id, { headSeq, foldedSeq = 0 }]) => {
      const stored = checkpoints.get(id) ?? noCheckpoint
      return headSeq > stored.headSeq || foldedSeq > stored.foldedSeq
    }),
  )
