import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { DateTimeResolver } from 'graphql-scalars'
import type { ThreadSummary } from '../domain/thread'

@ObjectType('MessageThread', { description: 'The thread of replies to a message.' })
export class MessageThreadType {
  @Field(() => Int, { description: 'The number of its lines: of all replies, those that were deleted among them.' })
  lines!: number

  @Field(() => Int, { description: 'The number of replies that were not deleted.' })
  replyCount!: number

  @Field(() => DateTimeResolver, { description: 'When the last reply was sent.' })
  lastReplyAt!: Date

  @Field(() => [ID], {
    description: `The ids of those who replied, each once; who replied last comes last. At most the last ${limits.threadParticipants}.`,
  })
  @Directive('@listSize(assumedSize: 5)')
  participantIds!: string[]
}

/** Whitelists the fields of a thread. */
export const messageThreadView = ({
  lines,
  replyCount,
  lastReplyAt,
  participantIds,
}: ThreadSummary): MessageThreadType => ({
  lines,
  replyCount,
  lastReplyAt,
  participantIds: [...participantIds],
})
