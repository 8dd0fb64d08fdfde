import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { assertCursor } from '../domain/cursor'
import { Admission } from './admission'
import { ReadPositions } from './read-positions'
import { TimelineLog } from './timeline-log'

export class MarkRead extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly seq: number,
  ) {
    super()
  }
}

@CommandHandler(MarkRead)
export class MarkReadHandler implements ICommandHandler<MarkRead> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly positions: ReadPositions,
  ) {}

  async execute({ conversationId, userId, seq }: MarkRead): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    assertCursor(seq, await this.log.head(conversationId))
    await this.positions.advance(conversationId, userId, seq)
  }
}
