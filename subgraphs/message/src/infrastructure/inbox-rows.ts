import type { Upsert } from '@parley/platform/mongo/upsert-all'
import { afterOwnLine, maxOwnLines, type ReadPosition, type ReadState, unread } from '../domain/read-state'
import { threadPlaceOf, type TimelineEvent } from '../domain/timeline-event'
import type { InboxDocument, ThreadReadDocument } from './documents'

/** As it is in MongoDB: the row of a user who has written nothing has no own lines. */
type Stored<Row extends { ownLines: number[] }> = Omit<Row, 'ownLines'> & Partial<Pick<Row, 'ownLines'>>
export type StoredInbox = Stored<InboxDocument>
export type StoredRead = Stored<ThreadReadDocument>

export const inboxId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`

/** Lines are less than this. */
const span = 2 ** 32

/** Orders as the positions do, so that the engine can compare them; before the first `markUnread` it is the line. */
export const toStored = ({ revision, readLine }: ReadPosition): number => revision * span + readLine

export const fromStored = (stored: number): ReadPosition => ({
  revision: Math.floor(stored / span),
  readLine: stored % span,
})

/** Adds own lines of this user; they are a set, so that the write is idempotent. */
export const ownLines = (userId: string, conversationId: string, lines: readonly number[]): Upsert<InboxDocument> => ({
  filter: { _id: inboxId(userId, conversationId) },
  update: {
    $addToSet: { ownLines: { $each: [...lines] } },
    $max: { readLine: 0, changedAt: new Date() },
    $setOnInsert: { userId, conversationId },
  },
})

/** A row that is further already stays as it is, with its own lines after its position. */
export function read(userId: string, conversationId: string, position: ReadPosition): Upsert<InboxDocument> {
  const readLine = toStored(position)
  return {
    filter: { _id: inboxId(userId, conversationId), readLine: { $lt: readLine } },
    update: {
      $set: { readLine },
      $max: { changedAt: new Date() },
      $pull: { ownLines: { $lte: position.readLine } },
      $setOnInsert: { userId, conversationId },
    },
  }
}

export const stateIn = ({ readLine, ownLines = [], heldLine = 0 }: StoredInbox): ReadState =>
  ownLines
    .toSorted((one, other) => one - other)
    .reduce<ReadState>(afterOwnLine, { ...unread, ...fromStored(readLine), heldLine })

/** A row with more own lines than count moves to where they are read; any other stays. */
export const cutsOf = (row: StoredInbox): readonly Upsert<InboxDocument>[] =>
  (row.ownLines?.length ?? 0) > maxOwnLines ? [read(row.userId, row.conversationId, stateIn(row))] : []

export const threadReadId = (userId: string, rootId: string): string => `${userId}:${rootId}`

/** Adds the own lines of those who have replied in threads, as `ownLines` does. */
export function ownThreadLines(events: readonly TimelineEvent[]): readonly Upsert<ThreadReadDocument>[] {
  const rows = new Map<string, Upsert<ThreadReadDocument>>()
  for (const event of events) {
    const place = threadPlaceOf(event)
    if (place === null) continue
    const { actorId: userId, conversationId } = event
    const { rootId, line } = place
    const _id = threadReadId(userId, rootId)
    const update = {
      $addToSet: { ownLines: { $each: [line] } },
      $max: { readLine: 0, changedAt: new Date() },
      $setOnInsert: { userId, rootId, conversationId },
    }
    rows.set(`${_id} ${line}`, { filter: { _id }, update })
  }
  return [...rows.values()]
}
