import { pageInfoOf } from '@parley/platform/graphql/page-info'
import type { ConversationSummary, MemberSummary } from '../application/conversation-directory'
import type { Page } from '@parley/platform/listing/read-page'
import type { ConversationConnectionType, ConversationType, MemberType } from './conversation.types'
import { cursorOf } from './cursor'

/** Whitelists what leaves this subgraph, field by field. */
export const conversationView = ({
  id,
  kind,
  title,
  topic,
  memberCount,
  createdAt,
  lastActivityAt,
}: ConversationSummary): ConversationType => ({
  id,
  kind,
  title,
  topic,
  memberCount,
  createdAt,
  lastActivityAt,
})

export const memberView = ({ userId, role, joinedAt }: MemberSummary): MemberType => ({
  userId,
  user: { id: userId },
  role,
  joinedAt,
})

export function connectionView({ rows, ...pages }: Page<ConversationSummary>): ConversationConnectionType {
  const edges = rows.map((conversation) => ({
    cursor: cursorOf(conversation),
    node: conversationView(conversation),
  }))
  return { edges, pageInfo: pageInfoOf(edges, pages) }
}
