import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { PageInfoType } from '@parley/platform/graphql/page-info'
import { DateTimeResolver } from 'graphql-scalars'
import { ConversationReference } from './entity-references'
import { MessageType } from './message.types'
import { MessageSentType } from './timeline.types'

const unreadDescription = 'The number of its lines after readLine that others wrote.'
const readDescription = 'The line of the thread up to which the viewer has read, on any device; 0 for none.'

@ObjectType('Thread', {
  description:
    'The state of a thread that the viewer follows: they wrote its root, replied, or were mentioned in a reply.',
})
export class ThreadType {
  @Field(() => ID, { description: 'The id of the message that it is about.' })
  rootId!: string

  @Field(() => MessageType, {
    nullable: true,
    description: 'The message that it is about, in its current state; null when the viewer has left its conversation.',
  })
  root?: MessageType | null

  @Field(() => ID, { description: 'The id of its conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'Its conversation; null when a selected field of it is unavailable.',
  })
  conversation!: ConversationReference

  @Field(() => Int, { description: 'The number of its lines: of all replies, those that were deleted among them.' })
  lines!: number

  @Field(() => Int, { description: 'The number of replies that were not deleted.' })
  replyCount!: number

  @Field(() => DateTimeResolver, { description: 'When the last reply was sent.' })
  lastReplyAt!: Date

  @Field(() => Int, { description: readDescription })
  readLine!: number

  @Field(() => Int, { description: unreadDescription })
  unreadCount!: number
}

@ObjectType('ThreadEdge', { description: 'A thread with its position in the list.' })
export class ThreadEdgeType {
  @Field(() => String, { description: 'The position in the list: pass it as `after` to continue from here.' })
  cursor!: string

  @Field(() => ThreadType, { description: 'The thread.' })
  node!: ThreadType
}

@ObjectType('ThreadConnection', { description: 'A page of the threads that the viewer follows.' })
export class ThreadConnectionType {
  @Field(() => [ThreadEdgeType], { description: 'The threads of the page, in order.' })
  edges!: ThreadEdgeType[]

  @Field(() => PageInfoType, { description: 'The position of the page in the list.' })
  pageInfo!: PageInfoType
}

@ObjectType('ThreadPage', { description: 'A thread, with a range of its lines without a gap.' })
export class ThreadPageType {
  @Field(() => MessageType, { description: 'The message that it is about, in its current state.' })
  root!: MessageType

  @Field(() => [MessageSentType], {
    description: 'The events that sent the replies, ascending by `threadLine`, with the replies as they are now.',
  })
  @Directive('@listSize(assumedSize: 50)')
  events!: MessageSentType[]

  @Field(() => Boolean, { description: 'Whether there are replies before these.' })
  hasEarlier!: boolean

  @Field(() => Boolean, { description: 'Whether there are replies after these.' })
  hasLater!: boolean

  @Field(() => Int, {
    description: 'All events up to this seq are in the page: pass it as `after` of the timeline to continue live.',
  })
  headSeq!: number

  @Field(() => Int, { description: readDescription })
  readLine!: number

  @Field(() => Int, { description: unreadDescription })
  unreadCount!: number

  @Field(() => Boolean, {
    description: 'Whether the viewer follows it: they wrote the root, replied, or were mentioned in a reply.',
  })
  isFollowed!: boolean
}
