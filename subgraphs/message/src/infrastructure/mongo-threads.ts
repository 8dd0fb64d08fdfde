import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { maxFollowed, type ThreadOf, Threads } from '../application/threads'
import { messagesAfter } from '../domain/message'
import { afterOwnLine, type ReadState, unread } from '../domain/read-state'
import { followersOf } from '../domain/thread'
import type { FollowedThread } from '../domain/threads-view'
import { threadPlaceOf } from '../domain/timeline-event'
import { MessageDocument, ThreadReadDocument } from './documents'
import { type StoredRead, threadReadId } from './inbox-rows'
import { UnappliedEvents } from './unapplied-events'

/** With those of conversations that the user has left, which cannot be told apart before they are read. */
const maxRead = 4 * maxFollowed

@Injectable()
export class MongoThreads extends Threads {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(ThreadReadDocument) private readonly reads: Model<typeof ThreadReadDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async followed(userId: UserId, conversationIds: readonly ConversationId[]): Promise<readonly FollowedThread[]> {
    const newer = messagesAfter(this.unapplied.of(conversationIds))
    const projection = {
      conversationId: 1,
      version: 1,
      'thread.lines': 1,
      'thread.replyCount': 1,
      'thread.lastReplyAt': 1,
    }
    const rows = await collectionOf(this.messages)
      .find({ followers: userId }, { projection })
      .sort({ 'thread.lastReplyAt': -1 })
      .limit(maxRead)
      .toArray()
    const isIn = new Set<string>(conversationIds)
    const roots = new Map(rows.filter((row) => isIn.has(row.conversationId)).map((row) => [row._id, followedIn(row)]))
    for (const root of newer.values()) {
      const isNewer = root.version > (roots.get(root.id)?.version ?? 0)
      if (isNewer && followersOf(root).includes(userId)) roots.set(root.id, root)
    }
    return [...roots.values()]
      .sort((one, other) => lastReplyOf(other) - lastReplyOf(one) || (one.id < other.id ? 1 : -1))
      .slice(0, maxFollowed)
  }

  async readStates(userId: UserId, roots: readonly ThreadOf[]): Promise<ReadonlyMap<MessageId, ReadState>> {
    if (roots.length === 0) return new Map()
    const newer = this.unapplied.of([...new Set(roots.map(({ conversationId }) => conversationId))])
    const rows: readonly StoredRead[] = await findByIds(
      this.reads,
      roots.map(({ id }) => threadReadId(userId, id)),
    )
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
    await upsertAll(this.reads, [{ filter: { _id: threadReadId(userId, rootId) }, update }])
  }

  async readSince(userId: UserId, since: Date): Promise<readonly MessageId[]> {
    const rows = await this.reads.find({ userId, changedAt: { $gte: since } }, { rootId: 1 }).lean()
    return rows.map(({ rootId }) => rootId as MessageId)
  }
}

const followedIn = ({ _id, conversationId, version, thread }: MessageDocument) =>
  ({ id: _id, conversationId, version, thread: thread ?? null }) as FollowedThread

const lastReplyOf = ({ thread }: FollowedThread): number => thread?.lastReplyAt.getTime() ?? 0

const stateOf = ({ readLine, ownLines = [] }: StoredRead): ReadState =>
  ownLines.toSorted((one, other) => one - other).reduce(afterOwnLine, { ...unread, readLine })
