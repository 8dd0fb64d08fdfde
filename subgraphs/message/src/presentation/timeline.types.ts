import { Directive, Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'
import type { EventKind } from '../domain/timeline-event'
import { ConversationReference, UserReference } from './entity-references'
import { MessageType } from './message.types'

@InterfaceType('TimelineEvent', {
  description:
    'Something that members see happen in a conversation. Every member sees the same events in the same order.',
  resolveType: (event: { __typename: string }) => event.__typename,
})
export abstract class TimelineEventType {
  @Field(() => ID, { description: 'The conversation it happened in.' })
  conversationId!: string

  @Field(() => Int, { description: 'Its place in the conversation, counted from 1 without a gap.' })
  seq!: number

  @Field(() => Int, {
    nullable: true,
    description: 'Which line of the conversation it makes, counted from 1 without a gap; null when it makes none.',
  })
  line!: number | null

  @Field(() => DateTimeResolver, { description: 'When it happened. The order is that of seq, not of time.' })
  at!: Date

  @Field(() => ID, { description: 'Who did it.' })
  actorId!: string

  @Field(() => UserReference, { nullable: true, description: 'Who did it; null while accounts cannot be reached.' })
  actor!: UserReference
}

@ObjectType('MessageSent', { implements: () => [TimelineEventType], description: 'Somebody wrote a message.' })
export class MessageSentType extends TimelineEventType {
  @Field(() => MessageType, { description: 'What they wrote, as it is now.' })
  message!: MessageType
}

@ObjectType('MessageEdited', {
  implements: () => [TimelineEventType],
  description: 'The author of a message changed its text. It makes no line: the message stays where it was sent.',
})
export class MessageEditedType extends TimelineEventType {
  @Field(() => MessageType, { description: 'The message as it is now.' })
  message!: MessageType
}

@ObjectType('ConversationStarted', { implements: () => [TimelineEventType], description: 'The conversation began.' })
export class ConversationStartedType extends TimelineEventType {
  @Field(() => String, { nullable: true, description: 'The title that it began with; null for a direct conversation.' })
  title!: string | null
}

@ObjectType('MemberJoined', { implements: () => [TimelineEventType], description: 'Somebody was added by the actor.' })
export class MemberJoinedType extends TimelineEventType {
  @Field(() => ID, { description: 'Who joined.' })
  memberId!: string

  @Field(() => UserReference, { nullable: true, description: 'Who joined; null while accounts cannot be reached.' })
  member!: UserReference
}

@ObjectType('MemberLeft', { implements: () => [TimelineEventType], description: 'Somebody left.' })
export class MemberLeftType extends TimelineEventType {
  @Field(() => ID, { description: 'Who left.' })
  memberId!: string

  @Field(() => UserReference, { nullable: true, description: 'Who left; null while accounts cannot be reached.' })
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
  description: 'The actor said what the conversation is about.',
})
export class TopicChangedType extends TimelineEventType {
  @Field(() => String, { nullable: true, description: 'The new topic; null when it was cleared.' })
  topic!: string | null
}

/** The type of every kind of event. */
export const eventTypes = {
  MessageSent: MessageSentType,
  MessageEdited: MessageEditedType,
  ConversationStarted: ConversationStartedType,
  MemberJoined: MemberJoinedType,
  MemberLeft: MemberLeftType,
  TitleChanged: TitleChangedType,
  TopicChanged: TopicChangedType,
} as const satisfies Readonly<Record<EventKind, typeof TimelineEventType>>

@ObjectType('TimelinePage', {
  description: 'A stretch of the lines of a conversation without a gap, in ascending order.',
})
export class TimelinePageType {
  @Field(() => ID, { description: 'Which conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'Which conversation; null when more is asked of it than can be reached.',
  })
  conversation!: ConversationReference

  @Field(() => [TimelineEventType], { description: 'The events that make the lines, ascending.' })
  events!: TimelineEventType[]

  @Field(() => Boolean, { description: 'Whether there is more before the first of them.' })
  hasEarlier!: boolean

  @Field(() => Int, {
    description: 'Everything up to this seq is in what the page shows: pass it as `after` to go on live from here.',
  })
  headSeq!: number
}

@ObjectType('TimelineFrame', {
  description:
    'The next events of a live conversation. Without events it is a sign of life, sent at first and every 5 s.',
})
export class TimelineFrameType {
  @Field(() => [TimelineEventType], {
    description: 'What follows the last event of the frame before, ascending by seq.',
  })
  @Directive('@listSize(assumedSize: 100)')
  events!: TimelineEventType[]

  @Field(() => Int, {
    description: 'The highest seq known: whoever has less although the frame is empty is missing something.',
  })
  headSeq!: number
}
