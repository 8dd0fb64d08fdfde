import type { Upsert } from '@parley/platform/mongo/mongo.module'
import type { InboxDocument } from './documents'

export const inboxId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`

/** Makes a line one that this person need not read; a set, so that hearing of it twice is hearing of it once. */
export const ownLine = (userId: string, conversationId: string, line: number): Upsert<InboxDocument> => ({
  filter: { _id: inboxId(userId, conversationId) },
  update: {
    $addToSet: { ownLines: line },
    $max: { readLine: 0, changedAt: new Date() },
    $setOnInsert: { userId, conversationId },
  },
})
