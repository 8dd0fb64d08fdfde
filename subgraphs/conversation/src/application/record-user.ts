import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { KnownUsers } from './known-users'

/** A user has registered: from now on they can be added to conversations. */
export class RecordUser extends Command<void> {
  constructor(readonly userId: UserId) {
    super()
  }
}

@CommandHandler(RecordUser)
export class RecordUserHandler implements ICommandHandler<RecordUser> {
  constructor(private readonly known: KnownUsers) {}

  async execute({ userId }: RecordUser): Promise<void> {
    await this.known.add([userId])
  }
}
