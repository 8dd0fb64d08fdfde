import { limits } from '@parley/kernel/limits'
import { z } from 'zod'

const uuid = z.uuid()

/**
 * Requests between subgraphs (Kafka request–reply), for when a replica does not know something yet. Nest appends
 * `.reply` to the topic for the replies.
 */
export const requests = {
  'parley.conversation.describe': {
    request: z.object({ conversationId: uuid }),
    /** `null`: there is no such conversation. */
    reply: z
      .object({
        conversationId: uuid,
        streamVersion: z.int().positive(),
        kind: z.enum(['direct', 'group']),
        title: z.string().nullable(),
        members: z.array(z.object({ userId: uuid, role: z.enum(['owner', 'member']) })),
      })
      .nullable(),
  },
  'parley.user.exist': {
    request: z.object({ userIds: z.array(uuid).max(limits.members) }),
    /** Those of the requested ids that belong to an account. */
    reply: z.object({ userIds: z.array(uuid) }),
  },
  'parley.user.online': {
    request: z.object({ userIds: z.array(uuid).max(limits.members) }),
    /** Those of the requested people who use a device now, whether they show it to others or not. */
    reply: z.object({ userIds: z.array(uuid) }),
  },
} as const

export type RequestTopic = keyof typeof requests
export type RequestOf<T extends RequestTopic> = z.infer<(typeof requests)[T]['request']>
export type ReplyOf<T extends RequestTopic> = z.infer<(typeof requests)[T]['reply']>
