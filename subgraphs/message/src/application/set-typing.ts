import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { Admission } from './admission'
import { liveChannels } from './channels'

export class SetTyping extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly isTyping: boolean,
  ) {
    super()
  }
}

/** For one user in one conversation, per process. One more is allowed at once, so that a stop is not delayed. */
const everyMs = 2_000

@CommandHandler(SetTyping)
export class SetTypingHandler implements ICommandHandler<SetTyping> {
  /** When the next sign is allowed, by conversation and user; the most recent is last. */
  readonly #dueAt = new Map<string, number>()

  constructor(
    private readonly admission: Admission,
    private readonly channels: Channels,
  ) {}

  /** Signs above the rate are dropped: they would repeat the previous one. */
  async execute({ conversationId, userId, isTyping }: SetTyping): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    if (!this.#take(`${conversationId} ${userId}`)) return
    await this.channels.publish(liveChannels.typing, conversationId, { userId, isTyping })
  }

  #take(key: string): boolean {
    const now = performance.now()
    const dueAt = Math.max(this.#dueAt.get(key) ?? 0, now)
    if (dueAt > now + everyMs) return false
    this.#dueAt.delete(key)
    this.#dueAt.set(key, dueAt + everyMs)
    for (const [past, at] of this.#dueAt) {
      if (at > now) break
      this.#dueAt.delete(past)
    }
    return true
  }
}
