import { Field, Int, ObjectType } from '@nestjs/graphql'
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

  @Field(() => ConversationStub, {
    nullable: true,
    description:
      'The conversation in which something changed: a message, a reading on another device, a member, the title. Null when none in particular: in the first frame, and when the count is put right.',
  })
  conversation!: ConversationStub | null
}
