import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId } from '@parley/kernel/ids'

/** When something last happened in conversations, which lists are ordered by. */
export abstract class ConversationActivity {
  /** Only ever moves forward, so it may be told twice and in any order. Nothing comes of a conversation that is not there. */
  abstract record(id: ConversationId, at: Date): Promise<void>
}

/** Somebody wrote in a conversation. */
export class RecordActivity extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(RecordActivity)
export class RecordActivityHandler implements ICommandHandler<RecordActivity> {
  constructor(private readonly activity: ConversationActivity) {}

  execute({ conversationId, at }: RecordActivity): Promise<void> {
    return this.activity.record(conversationId, at)
  }
}
