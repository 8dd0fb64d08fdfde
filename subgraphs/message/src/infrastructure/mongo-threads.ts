import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, type Model, upsertAll } from '@parley/platform/mongo/mongo.module'
import { maxFollowed, type ThreadOf, Threads } from '../application/threads'
import { type Message, messagesAfter } from '../domain/message'
import { afterOwnLine, type ReadState, unread } from '../domain/read-state'
import { followersOf } from '../domain/thread'
import { threadPlaceOf } from '../domain/timeline-event'
import { MessageDocument, ThreadReadDocument } from './documents'
import { threadReadId } from './inbox-rows'
import { toMessage } from './message-rows'
import { UnappliedEvents } from './unapplied-events'

/** A row of a user who has written nothing has no own lines. */
type StoredRead = Omit<ThreadReadDocument, 'ownLines'> & Partial<Pick<ThreadReadDocument, 'ownLines'>>

@Injectable()
export class MongoThreads extends Threads {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(ThreadReadDocument) private readonly reads: Model<typeof ThreadReadDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async followed(userId: UserId, conversationIds: readonly ConversationId[]): Promise<readonly Message[]> {
    const newer = this.unapplied.of(conversationIds)
    const rows = await collectionOf(this.messages)
      .find({ followers: userId })
      .sort({ 'thread.lastReplyAt': -1 })
      .limit(maxFollowed)
      .toArray()
    const isIn = new Set<string>(conversationIds)
    const roots = [...messagesAfter(newer, rows.map(toMessage)).values()]
    return roots
      .filter((root) => isIn.has(root.conversationId) && followersOf(root).includes(userId))
      .sort((one, other) => lastReplyOf(other) - lastReplyOf(one) || (one.id < other.id ? 1 : -1))
      .slice(0, maxFollowed)
  }

  async readStates(userId: UserId, roots: readonly ThreadOf[]): Promise<ReadonlyMap<MessageId, ReadState>> {
    if (roots.length === 0) return new Map()
    const newer = this.unapplied.of([...new Set(roots.map(({ conversationId }) => conversationId))])
    const rows: readonly StoredRead[] = await collectionOf(this.reads)
      .find({ _id: { $in: roots.map(({ id }) => threadReadId(userId, id)) } })
      .toArray()
    const states = new Map(rows.map((row) => [row.rootId as MessageId, stateOf(row)]))
    for (const event of newer) {
      const place = event.actorId === userId ? threadPlaceOf(event) : null
      if (place !== null) states.set(place.rootId, afterOwnLine(states.get(place.rootId) ?? unread, place.line))
    }
    return states
  }

  async markRead(userId: UserId, { id: rootId, conversationId }: ThreadOf, line: number): Promise<void> {
    const update = {
      $max: { readLine: line, changedAt: new Date() },
      $pull: { ownLines: { $lte: line } },
      $setOnInsert: { userId, rootId, conversationId },
    }
    await upsertAll(collectionOf(this.reads), [{ filter: { _id: threadReadId(userId, rootId) }, update }])
  }

  async readSince(userId: UserId, since: Date): Promise<readonly MessageId[]> {
    const rows = await this.reads.find({ userId, changedAt: { $gte: since } }, { rootId: 1 }).lean()
    return rows.map(({ rootId }) => rootId as MessageId)
  }
}

const lastReplyOf = ({ thread }: Message): number => thread?.lastReplyAt.getTime() ?? 0

const stateOf = ({ readLine, ownLines = [] }: StoredRead): ReadState =>
  ownLines.toSorted((one, other) => one - other).reduce(afterOwnLine, { ...unread, readLine })
