import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'

/** What happened, without where it stands in the log. */
export type TimelineFact =
  | { readonly type: 'MessageSent'; readonly data: { readonly messageId: MessageId; readonly text: string } }
  | { readonly type: 'ConversationStarted'; readonly data: { readonly title: string | null } }
  | { readonly type: 'MemberJoined'; readonly data: { readonly memberId: UserId } }
  | { readonly type: 'MemberLeft'; readonly data: { readonly memberId: UserId } }
  | { readonly type: 'TitleChanged'; readonly data: { readonly title: string } }

/** A fact on its way into the log. `clientId` makes it happen once, however often it is sent. */
export type TimelineEntry = TimelineFact & {
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly clientId: ClientId
  readonly at: Date
}

/** A fact in the log: `seq` counts from 1 without a gap and is the order that every member sees. */
export type TimelineEvent = TimelineEntry & { readonly seq: number }
export type MessageSentEvent = Extract<TimelineEvent, { type: 'MessageSent' }>

export const isMessage = (event: TimelineEvent): event is MessageSentEvent => event.type === 'MessageSent'

/** After this event `userId` may see no more of the conversation. */
export const endsMembershipOf = (event: TimelineEvent, userId: UserId): boolean =>
  event.type === 'MemberLeft' && event.data.memberId === userId
