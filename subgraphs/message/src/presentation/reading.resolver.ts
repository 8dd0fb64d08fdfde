import { CommandBus } from '@nestjs/cqrs'
import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload } from '@parley/platform/graphql/mutation-payload'
import { FollowReadPositions, type ReadPositionsFrame } from '../application/follow-read-positions'
import { MarkRead } from '../application/mark-read'
import { MarkUnread } from '../application/mark-unread'
import { ReceiptPrivacy } from '../application/read-positions'
import { SetReceiptPrivacy } from '../application/set-receipt-privacy'
import {
  MarkReadInput,
  MarkReadPayload,
  MarkUnreadInput,
  MarkUnreadPayload,
  ReadPositionsFrameType,
  readPositionsFrameView,
  ReceiptPrivacyType,
  SetReceiptPrivacyInput,
  SetReceiptPrivacyPayload,
} from './reading.types'

@Resolver()
export class ReadingResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly privacy: ReceiptPrivacy,
    private readonly follow: FollowReadPositions,
  ) {}

  @Mutation(() => MarkReadPayload, { nullable: true, description: 'Moves the viewer’s read position forward.' })
  markRead(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The conversation and the line.' }) input: MarkReadInput,
  ): Promise<MarkReadPayload> {
    return mutationPayload(async () => {
      const id = conversationId(input.conversationId)
      await this.commands.execute(new MarkRead(id, userId, input.line, input.revision ?? undefined))
      return { conversationId: id, conversation: { id } }
    })
  }

  @Mutation(() => MarkUnreadPayload, {
    nullable: true,
    description:
      'Makes a line and all of others after it unread: the one way in which a read position moves back. Own lines stay read, and what others see of it stays as it is.',
  })
  markUnread(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The conversation and the line.' }) input: MarkUnreadInput,
  ): Promise<MarkUnreadPayload> {
    return mutationPayload(async () => {
      const id = conversationId(input.conversationId)
      await this.commands.execute(new MarkUnread(id, userId, input.line, input.revision))
      return { conversationId: id, conversation: { id } }
    })
  }

  @Subscription(() => ReadPositionsFrameType, {
    name: 'readPositions',
    nullable: true,
    resolve: (frame: ReadPositionsFrame) => readPositionsFrameView(frame),
    description:
      'How far the other members of a conversation have read: a first frame with all, one after every change, and heartbeats. Empty for a viewer who hides their own. Ends when the viewer leaves the conversation or the session ends.',
  })
  readPositions(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('conversationId', { type: () => ID, description: 'The id of the conversation.' }) id: string,
  ): Promise<AsyncIterable<ReadPositionsFrame>> {
    return this.follow.open({ conversationId: conversationId(id), userId, expiresAt: expiresAt ?? 0 })
  }

  @Query(() => ReceiptPrivacyType, { nullable: true, description: 'Whether the viewer takes part in read receipts.' })
  async receiptPrivacy(@SignedIn() { userId }: Viewer): Promise<ReceiptPrivacyType> {
    return { isHidden: (await this.privacy.hidden([userId])).has(userId) }
  }

  @Mutation(() => SetReceiptPrivacyPayload, {
    nullable: true,
    description: 'Shows or hides how far the viewer has read: who hides it does not see it of others either.',
  })
  setReceiptPrivacy(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The setting.' }) { isHidden }: SetReceiptPrivacyInput,
  ): Promise<SetReceiptPrivacyPayload> {
    return mutationPayload(async () => {
      await this.commands.execute(new SetReceiptPrivacy(userId, isHidden))
      return { receiptPrivacy: { isHidden } }
    })
  }
}
