import { Directive, Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'
import type { EventKind } from '../domain/timeline-event'
import { ConversationReference, UserReference } from './entity-references'
import { MessageType } from './message.types'

@InterfaceType('TimelineEvent', {
  description: 'An event in a conversation that members see. Every member sees the same events in the same order.',
  resolveType: (event: { __typename: string }) => event.__typename,
})
export abstract class TimelineEventType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => Int, { description: 'Its place in the conversation, counted from 1 without a gap.' })
  seq!: number

  @Field(() => Int, {
    nullable: true,
    description: 'The line of the conversation that it makes, counted from 1 without a gap; null when it makes none.',
  })
  line!: number | null

  @Field(() => DateTimeResolver, { description: 'When it happened. The order is that of seq, not of time.' })
  at!: Date

  @Field(() => ID, { description: 'The id of the actor.' })
  actorId!: string

  @Field(() => UserReference, { nullable: true, description: 'The actor; null while accounts are unavailable.' })
  actor!: UserReference
}

@ObjectType('MessageSent', { implements: () => [TimelineEventType], description: 'A message was sent.' })
export class MessageSentType extends TimelineEventType {
  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType

  @Field(() => MessageType, {
    nullable: true,
    description:
      'In a live frame and in the answer to a reply: the message whose thread it is in, whose `thread` it has changed. Null for what is in no thread, and in pages.',
  })
  root!: MessageType | null
}

@ObjectType('MessageEdited', {
  implements: () => [TimelineEventType],
  description: 'The author of a message changed its text. It makes no line: the message stays where it was sent.',
})
export class MessageEditedType extends TimelineEventType {
  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType
}

const pinnedCountDescription = 'How many messages of the conversation are pinned after it.'
const emojiDescription = 'One emoji of Unicode, with its variation selectors.'

@ObjectType('ReactionAdded', {
  implements: () => [TimelineEventType],
  description: 'The actor reacted to a message. It makes no line, and counts as unread for nobody.',
})
export class ReactionAddedType extends TimelineEventType {
  @Field(() => String, { description: emojiDescription })
  emoji!: string

  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType
}

@ObjectType('ReactionRemoved', {
  implements: () => [TimelineEventType],
  description: 'The actor removed a reaction of their own from a message. It makes no line.',
})
export class ReactionRemovedType extends TimelineEventType {
  @Field(() => String, { description: emojiDescription })
  emoji!: string

  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType
}

@ObjectType('MessageDeleted', {
  implements: () => [TimelineEventType],
  description:
    'The author of a message or a moderator deleted it: its text is gone, and its line stays. It makes no line itself.',
})
export class MessageDeletedType extends TimelineEventType {
  @Field(() => MessageType, { description: 'What is left of the message.' })
  message!: MessageType

  @Field(() => MessageType, {
    nullable: true,
    description: 'For a reply in a thread: the message whose `thread` has changed. Null for all others.',
  })
  root!: MessageType | null

  @Field(() => Int, { description: pinnedCountDescription })
  pinnedCount!: number
}

@ObjectType('MessagePinned', {
  implements: () => [TimelineEventType],
  description: 'The actor pinned a message. It makes no line.',
})
export class MessagePinnedType extends TimelineEventType {
  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType

  @Field(() => Int, { description: pinnedCountDescription })
  pinnedCount!: number
}

@ObjectType('MessageUnpinned', {
  implements: () => [TimelineEventType],
  description: 'The actor unpinned a message. It makes no line.',
})
export class MessageUnpinnedType extends TimelineEventType {
  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType

  @Field(() => Int, { description: pinnedCountDescription })
  pinnedCount!: number
}

@ObjectType('ConversationStarted', {
  implements: () => [TimelineEventType],
  description: 'The conversation was started.',
})
export class ConversationStartedType extends TimelineEventType {
  @Field(() => String, { nullable: true, description: 'The initial title; null for a direct conversation.' })
  title!: string | null
}

@ObjectType('MemberJoined', { implements: () => [TimelineEventType], description: 'The actor added a member.' })
export class MemberJoinedType extends TimelineEventType {
  @Field(() => ID, { description: 'The id of the new member.' })
  memberId!: string

  @Field(() => UserReference, { nullable: true, description: 'The new member; null while accounts are unavailable.' })
  member!: UserReference
}

@ObjectType('MemberLeft', { implements: () => [TimelineEventType], description: 'A member left.' })
export class MemberLeftType extends TimelineEventType {
  @Field(() => ID, { description: 'The id of the former member.' })
  memberId!: string

  @Field(() => UserReference, {
    nullable: true,
    description: 'The former member; null while accounts are unavailable.',
  })
  member!: UserReference
}

@ObjectType('TitleChanged', {
  implements: () => [TimelineEventType],
  description: 'The conversation was renamed by the actor.',
})
export class TitleChangedType extends TimelineEventType {
  @Field(() => String, { description: 'The new title.' })
  title!: string
}

@ObjectType('TopicChanged', {
  implements: () => [TimelineEventType],
  description: 'The actor changed the topic of the conversation.',
})
export class TopicChangedType extends TimelineEventType {
  @Field(() => String, { nullable: true, description: 'The new topic; null when it was cleared.' })
  topic!: string | null
}

/** The GraphQL type of every kind of event. */
export const eventTypes = {
  MessageSent: MessageSentType,
  MessageEdited: MessageEditedType,
  ReactionAdded: ReactionAddedType,
  ReactionRemoved: ReactionRemovedType,
  MessageDeleted: MessageDeletedType,
  MessagePinned: MessagePinnedType,
  MessageUnpinned: MessageUnpinnedType,
  ConversationStarted: ConversationStartedType,
  MemberJoined: MemberJoinedType,
  MemberLeft: MemberLeftType,
  TitleChanged: TitleChangedType,
  TopicChanged: TopicChangedType,
} as const satisfies Readonly<Record<EventKind, typeof TimelineEventType>>

@ObjectType('TimelinePage', {
  description: 'A range of the lines of a conversation without a gap, ascending.',
})
export class TimelinePageType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'The conversation; null when a selected field of it is unavailable.',
  })
  conversation!: ConversationReference

  @Field(() => [TimelineEventType], { description: 'The events that make the lines, ascending.' })
  events!: TimelineEventType[]

  @Field(() => Boolean, { description: 'Whether there are earlier lines.' })
  hasEarlier!: boolean

  @Field(() => Boolean, { description: 'Whether there are later lines.' })
  hasLater!: boolean

  @Field(() => Int, {
    nullable: true,
    description:
      'The line that the page is around: that of the message, the first one of the date, the first unread one. Null for other pages, and without lines.',
  })
  aroundLine!: number | null

  @Field(() => Int, {
    description: 'All events up to this seq are in the page: pass it as `after` to continue live from here.',
  })
  headSeq!: number
}

@ObjectType('TimelineFrame', {
  description: 'The next events of a live conversation. Without events it is a heartbeat, sent at first and every 5 s.',
})
export class TimelineFrameType {
  @Field(() => [TimelineEventType], {
    description: 'The events after those of the previous frame, ascending by seq.',
  })
  @Directive('@listSize(assumedSize: 100)')
  events!: TimelineEventType[]

  @Field(() => Int, {
    description: 'Everything up to this seq is in this frame or in an earlier one: pass it as `after` to resume.',
  })
  seq!: number

  @Field(() => Int, {
    description: 'The highest known seq: a client with a lower one after an empty frame has missed events.',
  })
  headSeq!: number

  @Field(() => [ID], {
    description: 'The ids of the users who may not see the next frame: their streams end after this one.',
  })
  @Directive('@inaccessible')
  @Directive('@listSize(assumedSize: 1)')
  endsFor!: string[]

  @Field(() => Boolean, {
    description: 'Whether a message was deleted: earlier frames, which may have its text, are not to be sent any more.',
  })
  @Directive('@inaccessible')
  forgets!: boolean
}
