import { unreachable } from '@parley/kernel/decider'
import type { HistoryPage } from '../application/get-history'
import type { TimelineFrame } from '../application/follower'
import { type Message, messageOf } from '../domain/message'
import type { MessageSentEvent, TimelineEvent } from '../domain/timeline-event'
import type {
  ConversationStartedType,
  MemberJoinedType,
  MemberLeftType,
  MessageSentType,
  MessageType,
  TimelineFrameType,
  TimelinePageType,
  TitleChangedType,
} from './timeline.types'

/** Everything that leaves this subgraph is named here, field by field. */
export const messageView = ({ id, conversationId, seq, clientId, authorId, text, sentAt }: Message): MessageType => ({
  id,
  conversationId,
  seq,
  clientId,
  authorId,
  author: { id: authorId },
  text,
  sentAt,
})

/** What every kind of event shows. */
const commonView = ({ conversationId, seq, at, actorId }: TimelineEvent) => ({
  conversationId,
  seq,
  at,
  actorId,
  actor: { id: actorId },
})

type EventView =
  | (MessageSentType & { __typename: 'MessageSent' })
  | (ConversationStartedType & { __typename: 'ConversationStarted' })
  | (MemberJoinedType & { __typename: 'MemberJoined' })
  | (MemberLeftType & { __typename: 'MemberLeft' })
  | (TitleChangedType & { __typename: 'TitleChanged' })

const memberView = (memberId: string) => ({ memberId, member: { id: memberId } })

export const messageSentView = (event: MessageSentEvent): MessageSentType & { __typename: 'MessageSent' } => ({
  __typename: 'MessageSent',
  ...commonView(event),
  message: messageView(messageOf(event)),
})

export function eventView(event: TimelineEvent): EventView {
  switch (event.type) {
    case 'MessageSent':
      return messageSentView(event)
    case 'ConversationStarted':
      return { __typename: 'ConversationStarted', ...commonView(event), title: event.data.title }
    case 'MemberJoined':
      return { __typename: 'MemberJoined', ...commonView(event), ...memberView(event.data.memberId) }
    case 'MemberLeft':
      return { __typename: 'MemberLeft', ...commonView(event), ...memberView(event.data.memberId) }
    case 'TitleChanged':
      return { __typename: 'TitleChanged', ...commonView(event), title: event.data.title }
    default:
      return unreachable(event)
  }
}

export const pageView = ({ conversationId, events, hasEarlier, headSeq }: HistoryPage): TimelinePageType => ({
  conversationId,
  conversation: { id: conversationId },
  events: events.map(eventView),
  hasEarlier,
  headSeq,
})

export const frameView = ({ events, headSeq }: TimelineFrame): TimelineFrameType => ({
  events: events.map(eventView),
  headSeq,
})
