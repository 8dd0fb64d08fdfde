import type { Upsert } from '@parley/platform/mongo/mongo.module'
import type { InboxDocument } from './documents'

export const inboxId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`

/** Adds own lines of this user; they are a set, so that the write is idempotent. */
export const ownLines = (userId: string, conversationId: string, lines: readonly number[]): Upsert<InboxDocument> => ({
  filter: { _id: inboxId(userId, conversationId) },
  update: {
    $addToSet: { ownLines: { $each: [...lines] } },
    $max: { readLine: 0, changedAt: new Date() },
    $setOnInsert: { userId, conversationId },
  },
})
