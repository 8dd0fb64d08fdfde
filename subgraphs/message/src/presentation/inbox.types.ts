import { limits } from '@parley/kernel/limits'
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { ConversationReference } from './entity-references'
import { MessageType } from './message.types'
import { MuteType } from './mute.types'
import { ThreadType } from './thread-list.types'

export const mentionCountDescription = `The unread lines that mention the viewer, by name or with all or those online: at most ${limits.unreadMentions}.`

@ObjectType('InboxEntry', { description: 'The state of a conversation in the viewer’s inbox.' })
export class InboxEntryType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'The conversation; null when a selected field of it is unavailable.',
  })
  conversation!: ConversationReference

  @Field(() => Int, { description: 'The highest seq of the conversation.' })
  headSeq!: number

  @Field(() => Int, {
    description:
      'The seq of the last event that changed its details, such as title and members: fetch them again when it grows.',
  })
  detailsSeq!: number

  @Field(() => Int, { description: 'The line up to which the viewer has read, on any device; 0 for none.' })
  readLine!: number

  @Field(() => Int, { description: 'How often the viewer has marked the conversation as unread: see `markRead`.' })
  readRevision!: number

  @Field(() => Int, {
    description: 'The number of unread lines: those of others after readLine, without the start of the conversation.',
  })
  unreadCount!: number

  @Field(() => Int, { description: mentionCountDescription })
  mentionCount!: number

  @Field(() => MuteType, { description: 'Whether the viewer has muted it. Nobody else sees it.' })
  mute!: MuteType

  @Field(() => MessageType, {
    nullable: true,
    description: 'The newest message in its current state; null without messages.',
  })
  lastMessage?: MessageType | null
}

@ObjectType('InboxFrame', { description: 'The changes of the viewer’s inbox since the previous frame.' })
export class InboxFrameType {
  @Field(() => String, { description: 'Pass it as `after` to receive all later changes.' })
  cursor!: string

  @Field(() => Int, {
    description:
      'The unread lines of the viewer in all conversations together; of those that they have muted only the unread mentions.',
  })
  unreadCount!: number

  @Field(() => Int, { description: 'The unread mentions of the viewer in all conversations together.' })
  mentionCount!: number

  @Field(() => [InboxEntryType], { description: 'The changed and new conversations, each in its current state.' })
  @Directive('@listSize(assumedSize: 20)')
  entries!: InboxEntryType[]

  @Field(() => [ID], { description: 'The ids of the conversations that the viewer has left.' })
  goneIds!: string[]

  @Field(() => [ThreadType], {
    description: 'The changed threads among those that the viewer follows, each in its current state.',
  })
  @Directive('@listSize(assumedSize: 5)')
  threads!: ThreadType[]

  @Field(() => Int, { description: 'The number of threads that the viewer follows and that have something unread.' })
  unreadThreadCount!: number

  @Field(() => Boolean, {
    description: 'More has changed since the cursor than is listed: load the list of conversations again.',
  })
  isCut!: boolean

  @Field(() => Boolean, {
    description:
      'The bookmarks of the viewer have changed, on some device: ask for them again. Changes from before the stream began are not told.',
  })
  bookmarksChanged!: boolean
}
