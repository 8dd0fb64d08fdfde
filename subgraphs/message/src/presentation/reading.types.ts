import { Directive, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import type { ReadPositionsFrame } from '../application/follow-read-positions'
import type { Receipt } from '../application/inbox'
import { ConversationReference, UserReference } from './entity-references'

@InputType({ description: 'The read position of the viewer.' })
export class MarkReadInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => Int, { description: 'The last line that was seen. A lower one than before is ignored.' })
  line!: number

  @Field(() => Int, {
    nullable: true,
    description:
      'The `readRevision` that this device knew when the line was seen: what was seen before a `markUnread` does not take it back. Without it, only lines count that were not there at that time.',
  })
  revision?: number | null
}

@ObjectType({ description: 'The conversation with its new read position.' })
export class MarkReadPayload extends PayloadType {
  @Field(() => ID, { nullable: true, description: 'The id of the conversation; null with errors.' })
  conversationId?: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'The conversation; null with errors, and when a selected field of it is unavailable.',
  })
  conversation?: ConversationReference
}

@InputType({ description: 'From where the viewer wants to read again.' })
export class MarkUnreadInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => Int, {
    description: `The first line that is to be unread, one of the last ${limits.unreadLines.toLocaleString('en')}.`,
  })
  line!: number

  @Field(() => Int, {
    description:
      'The `readRevision` of the position that it moves. It becomes one higher, so a retry, and one that comes after another `markUnread`, changes nothing.',
  })
  revision!: number
}

@ObjectType({ description: 'The conversation with its read position, which the last `markUnread` has decided.' })
export class MarkUnreadPayload extends MarkReadPayload {}

@ObjectType('ReadPosition', { description: 'How far another member has read.' })
export class ReadPositionType {
  @Field(() => ID, { description: 'The id of the member.' })
  userId!: string

  @Field(() => UserReference, {
    nullable: true,
    description: 'The member; null when a selected field of them is unavailable.',
  })
  user!: UserReference

  @Field(() => Int, { description: 'The furthest line that they have seen. Never moves back.' })
  readLine!: number

  @Field(() => Int, {
    description:
      'The line of their joining, 0 for those who were there from the start: lines up to it do not count as seen.',
  })
  sinceLine!: number
}

@ObjectType('ReadPositionsFrame', { description: 'What has changed since the frame before.' })
export class ReadPositionsFrameType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => Boolean, {
    description: 'The first frame of a stream, with all positions: what was known before is over.',
  })
  isWhole!: boolean

  @Field(() => [ReadPositionType], { description: 'The new and the moved positions.' })
  @Directive('@listSize(assumedSize: 10)')
  positions!: ReadPositionType[]

  @Field(() => [ID], { description: 'The ids of those whose position is not shown any more.' })
  goneIds!: string[]
}

@ObjectType('ReceiptPrivacy', { description: 'Whether the viewer takes part in read receipts.' })
export class ReceiptPrivacyType {
  @Field(() => Boolean, {
    description: 'The viewer hides how far they have read, and is not shown how far others have.',
  })
  isHidden!: boolean
}

@InputType({ description: 'Whether to take part in read receipts.' })
export class SetReceiptPrivacyInput {
  @Field(() => Boolean, { description: 'True to hide how far one has read, and not to see it of others.' })
  isHidden!: boolean
}

@ObjectType({ description: 'The setting counts for all conversations, at once.' })
export class SetReceiptPrivacyPayload extends PayloadType {
  @Field(() => ReceiptPrivacyType, { nullable: true, description: 'The setting; null with errors.' })
  receiptPrivacy?: ReceiptPrivacyType
}

export const readPositionViews = (positions: ReadonlyMap<string, Receipt>): ReadPositionType[] =>
  [...positions].map(([userId, { readLine, sinceLine }]) => ({ userId, user: { id: userId }, readLine, sinceLine }))

export const readPositionsFrameView = (frame: ReadPositionsFrame): ReadPositionsFrameType => ({
  conversationId: frame.conversationId,
  isWhole: frame.isWhole,
  positions: readPositionViews(frame.positions),
  goneIds: [...frame.gone],
})
