import type { ConversationId } from '@parley/kernel/ids'
import { type Channel, channel } from '@parley/platform/redis/channels'
import type { TimelineEvent } from '../domain/timeline-event'

const isEvent = (payload: unknown): payload is TimelineEvent =>
  typeof payload === 'object' &&
  payload !== null &&
  'seq' in payload &&
  Number.isInteger(payload.seq) &&
  'at' in payload &&
  payload.at instanceof Date

/** What the processes of this subgraph tell each other: a hint that makes live streams fast. The log is the truth. */
export const liveChannels = {
  /** Each event of a conversation, whole, so that following costs no read of the log. */
  timeline: channel<ConversationId, TimelineEvent>('timeline', isEvent),
} satisfies Record<string, Channel<never, never> | Channel<string, unknown>>
