import type { BadgeFrame } from '../application/badge-stream'
import type { BadgeType, BadgeUpdateType } from './badge.types'

/** Everything that leaves this subgraph is named here, field by field. */
export const badgeView = (unread: number): BadgeType => ({ unread })

export const badgeUpdateView = ({ unread, conversationId }: BadgeFrame): BadgeUpdateType => ({
  unread,
  conversationId,
  conversation: conversationId === null ? null : { id: conversationId },
})
