import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId } from '@parley/kernel/ids'

/** The last activity of conversations, by which lists are sorted. */
export abstract class ConversationActivity {
  /** Only moves forward, so it is idempotent and independent of order. Ignores an unknown conversation. */
  abstract record(id: ConversationId, at: Date): Promise<void>
}

/** A message was sent in a conversation. */
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
