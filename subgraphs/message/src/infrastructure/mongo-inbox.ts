import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type Upsert, upsertAll } from '@parley/platform/mongo/upsert-all'
import { Inbox, type InboxState, type Receipt } from '../application/inbox'
import { type Mute, muteAt, unmuted } from '../domain/mute'
import { afterOwnLine, type ReadState, revisionFor, unread, type Unreading } from '../domain/read-state'
import { lineOf } from '../domain/timeline-event'
import { InboxDocument } from './documents'
import { cutsOf, fromStored, inboxId, ownLines, read, stateIn, type StoredInbox, toStored } from './inbox-rows'
import { UnappliedEvents } from './unapplied-events'

@Injectable()
export class MongoInbox extends Inbox {
  constructor(
    @InjectModel(InboxDocument) private readonly rows: Model<typeof InboxDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, InboxState>> {
    const newer = this.unapplied.of(conversationIds).filter(({ actorId }) => actorId === userId)
    const rows = await findByIds(
      this.rows,
      conversationIds.map((id) => inboxId(userId, id)),
    )
    const stored = await Promise.all(rows.map((row) => this.#stateOf(row)))
    const states = new Map(
      rows.map((row, index): [ConversationId, InboxState] => [
        row.conversationId as ConversationId,
        { ...(stored[index] ?? unread), ...(row.mute === undefined ? {} : { mute: row.mute }) },
      ]),
    )
    for (const event of newer) {
      const line = lineOf(event)
      const before = states.get(event.conversationId) ?? unread
      if (line !== null) states.set(event.conversationId, { ...before, ...afterOwnLine(before, line) })
    }
    return states
  }

  async markRead(userId: UserId, conversationId: ConversationId, line: number, revision?: number): Promise<void> {
    const known = revision ?? (await this.#revisionsFor([userId], conversationId, line))(userId)
    await this.#change([
      noted(userId, conversationId, { seenLine: line }),
      read(userId, conversationId, { revision: known, readLine: line }),
    ])
  }

  async enter(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    const revisionOf = await this.#revisionsFor(userIds, conversationId, line)
    await this.#change(
      userIds.flatMap((userId) => [
        noted(userId, conversationId, { sinceLine: line }),
        read(userId, conversationId, { revision: revisionOf(userId), readLine: line }),
      ]),
    )
  }

  async markUnread(userId: UserId, conversationId: ConversationId, unreading: Unreading): Promise<void> {
    const { revision, line, lines, ownLines } = unreading
    const readLine = toStored({ revision: revision + 1, readLine: line - 1 })
    await this.#change([
      {
        filter: { _id: inboxId(userId, conversationId), readLine: { $lt: readLine } },
        update: {
          $set: { readLine },
          $max: { heldLine: lines, changedAt: new Date() },
          $addToSet: { ownLines: { $each: [...ownLines] } },
          $setOnInsert: { userId, conversationId },
        },
      },
    ])
  }

  async receipts(conversationId: ConversationId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Receipt>> {
    const rows = await this.#rowsOf(userIds, conversationId, { userId: 1, seenLine: 1, sinceLine: 1 })
    return new Map(rows.map((row) => [row.userId as UserId, receiptOf(row)]))
  }

  async skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    await this.#change(userIds.map((userId) => ownLines(userId, conversationId, [line])))
  }

  async setMute(
    userId: UserId,
    conversationId: ConversationId,
    { isMuted, until }: Omit<Mute, 'revision'>,
  ): Promise<void> {
    await this.#change([
      {
        filter: { _id: inboxId(userId, conversationId) },
        update: {
          $set: { 'mute.isMuted': isMuted, 'mute.until': until },
          $inc: { 'mute.revision': 1 },
          $max: { readLine: 0, changedAt: new Date() },
          $setOnInsert: { userId, conversationId },
        },
      },
    ])
  }

  async mutedBy(conversationId: ConversationId, userIds: readonly UserId[], at: Date): Promise<ReadonlySet<UserId>> {
    const rows = await this.#rowsOf(userIds, conversationId, { userId: 1, mute: 1 })
    return new Set(rows.filter(({ mute = unmuted }) => muteAt(mute, at).isMuted).map(({ userId }) => userId as UserId))
  }

  async changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]> {
    const rows = await this.rows.find({ userId, changedAt: { $gte: since } }, { conversationId: 1 }).lean()
    return rows.map(({ conversationId }) => conversationId as ConversationId)
  }

  /** For what is told without one. */
  async #revisionsFor(userIds: readonly UserId[], conversationId: ConversationId, line: number) {
    const rows = await this.#rowsOf(userIds, conversationId, { userId: 1, readLine: 1, heldLine: 1 })
    const revisions = new Map(
      rows.map(({ userId, readLine, heldLine = 0 }) => [
        userId,
        revisionFor({ ...fromStored(readLine), heldLine }, line),
      ]),
    )
    return (userId: UserId): number => revisions.get(userId) ?? 0
  }

  #rowsOf(userIds: readonly UserId[], conversationId: ConversationId, projection: object) {
    return findByIds(
      this.rows,
      userIds.map((userId) => inboxId(userId, conversationId)),
      projection,
    )
  }

  async #change(changes: readonly Upsert<InboxDocument>[]): Promise<void> {
    if (changes.length > 0) await upsertAll(this.rows, changes)
  }

  /** A row that has grown beyond the bound is cut here as well. */
  async #stateOf(row: StoredInbox): Promise<ReadState> {
    await this.#change(cutsOf(row))
    return stateIn(row)
  }
}

/** What holds wherever the position is: a device that is late has seen its line too, and a redelivered joining was one. */
const noted = (
  userId: UserId,
  conversationId: ConversationId,
  furthest: Partial<Pick<InboxDocument, 'seenLine' | 'sinceLine'>>,
): Upsert<InboxDocument> => ({
  filter: { _id: inboxId(userId, conversationId) },
  update: {
    $max: { ...furthest, readLine: 0, changedAt: new Date() },
    $setOnInsert: { userId, conversationId },
  },
})

const receiptOf = ({ seenLine = 0, sinceLine = 0 }: StoredInbox): Receipt => ({ readLine: seenLine, sinceLine })
