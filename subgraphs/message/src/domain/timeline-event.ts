import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'

/** What happened, without where it stands in the log. */
export type TimelineFact =
  | { readonly type: 'message.sent'; readonly data: { readonly messageId: MessageId; readonly text: string } }
  | { readonly type: 'conversation.started'; readonly data: { readonly title: string | null } }
  | { readonly type: 'member.joined'; readonly data: { readonly memberId: UserId } }
  | { readonly type: 'member.left'; readonly data: { readonly memberId: UserId } }
  | { readonly type: 'title.changed'; readonly data: { readonly title: string } }

/** A fact on its way into the log. `clientId` makes it happen once, however often it is sent. */
export type TimelineEntry = TimelineFact & {
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly clientId: ClientId
  readonly at: Date
}

/** A fact in the log: `seq` counts from 1 without a gap and is the order that every member sees. */
export type TimelineEvent = TimelineEntry & { readonly seq: number }
export type MessageSentEvent = Extract<TimelineEvent, { type: 'message.sent' }>

export const isMessage = (event: TimelineEvent): event is MessageSentEvent => event.type === 'message.sent'

/** After this event `userId` may see no more of the conversation. */
export const endsMembershipOf = (event: TimelineEvent, userId: UserId): boolean =>
  event.type === 'member.left' && event.data.memberId === userId
