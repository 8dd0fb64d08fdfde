import { Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { maxCounted } from '../application/notifications'
import { ConversationStub } from './stubs'

const unreadDescription = `Messages of others that the viewer has not read, over all conversations; counting ends at ${maxCounted.toLocaleString('en')}.`

@ObjectType('Badge', { description: 'How much waits for the viewer.' })
export class BadgeType {
  @Field(() => Int, { description: unreadDescription })
  unread!: number
}

@ObjectType('BadgeUpdate', { description: 'How much waits for the viewer now, and what changed.' })
export class BadgeUpdateType {
  @Field(() => Int, { description: unreadDescription })
  unread!: number

  @Field(() => ID, { nullable: true, description: 'Which conversation changed; null when none in particular.' })
  conversationId!: string | null

  @Field(() => ConversationStub, {
    nullable: true,
    description:
      'The conversation in which something changed: a message, a reading on another device, a member, the title. Null when none in particular: in the first frame, when the count is put right, and while conversations cannot be reached.',
  })
  conversation!: ConversationStub | null
}
