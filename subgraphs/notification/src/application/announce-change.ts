import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId } from '@parley/kernel/ids'
import { BadgeHints } from './badge-hints'
import { Memberships } from './memberships'

/** A conversation looks different in its members' lists; there is nothing to count. */
export class AnnounceChange extends Command<void> {
  constructor(readonly conversationId: ConversationId) {
    super()
  }
}

@CommandHandler(AnnounceChange)
export class AnnounceChangeHandler implements ICommandHandler<AnnounceChange> {
  constructor(
    private readonly memberships: Memberships,
    private readonly hints: BadgeHints,
  ) {}

  async execute({ conversationId }: AnnounceChange): Promise<void> {
    await this.hints.publish(await this.memberships.current(conversationId), conversationId)
  }
}
