import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { ConversationReference } from './entity-references'
import { MessageType } from './message.types'

@ObjectType('InboxEntry', { description: 'A conversation as it stands in the viewer’s inbox.' })
export class InboxEntryType {
  @Field(() => ID, { description: 'Which conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'Which conversation; null when more is asked of it than can be reached.',
  })
  conversation!: ConversationReference

  @Field(() => Int, { description: 'The highest seq of the conversation.' })
  headSeq!: number

  @Field(() => Int, {
    description:
      'The seq of the last event that changed its details, such as title and members: ask for them again when it grows.',
  })
  detailsSeq!: number

  @Field(() => Int, { description: 'Up to which line the viewer has read, on whichever device; 0 for nothing yet.' })
  readLine!: number

  @Field(() => Int, {
    description:
      'How many lines after readLine others have made, without the start of the conversation: what waits for the viewer.',
  })
  unreadCount!: number

  @Field(() => MessageType, {
    nullable: true,
    description: 'The newest message as it is now; null when nobody has written yet.',
  })
  lastMessage?: MessageType | null
}

@ObjectType('InboxFrame', { description: 'What has changed in the viewer’s inbox since the frame before.' })
export class InboxFrameType {
  @Field(() => String, { description: 'Pass it as `after` to hear of everything that changes from here on.' })
  cursor!: string

  @Field(() => Int, { description: 'What waits for the viewer in all conversations together.' })
  unreadCount!: number

  @Field(() => [InboxEntryType], { description: 'The conversations that changed or came, each as it is now.' })
  @Directive('@listSize(assumedSize: 20)')
  entries!: InboxEntryType[]

  @Field(() => [ID], { description: 'The conversations that the viewer is not in any more.' })
  goneIds!: string[]

  @Field(() => Boolean, {
    description: 'More has changed since the cursor than is listed: load the list of conversations anew.',
  })
  isCut!: boolean
}
