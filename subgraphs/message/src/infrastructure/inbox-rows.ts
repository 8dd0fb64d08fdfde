import type { Upsert } from '@parley/platform/mongo/mongo.module'
import type { InboxDocument } from './documents'

export const inboxId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`

/** Adds an own line of this user; it is a set, so that the write is idempotent. */
export const ownLine = (userId: string, conversationId: string, line: number): Upsert<InboxDocument> => ({
  filter: { _id: inboxId(userId, conversationId) },
  update: {
    $addToSet: { ownLines: line },
    $max: { readLine: 0, changedAt: new Date() },
    $setOnInsert: { userId, conversationId },
  },
})
