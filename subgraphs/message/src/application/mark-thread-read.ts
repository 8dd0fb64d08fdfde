import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { assertExists } from '../domain/cursor'
import { mayHaveThread, noSuchMessage, threadInThread } from '../domain/policy'
import { unread, unreadLines } from '../domain/read-state'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { CurrentMessages } from './current-messages'
import { Threads } from './threads'

/** The read position of a user in a thread. */
export interface ThreadRead {
  readonly readLine: number
  readonly unread: number
}

export class MarkThreadRead extends Command<ThreadRead> {
  constructor(
    readonly conversationId: ConversationId,
    readonly rootId: MessageId,
    readonly userId: UserId,
    readonly line: number,
  ) {
    super()
  }
}

@CommandHandler(MarkThreadRead)
export class MarkThreadReadHandler implements ICommandHandler<MarkThreadRead> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly threads: Threads,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, rootId, userId, line }: MarkThreadRead): Promise<ThreadRead> {
    await this.admission.assertMember(conversationId, userId)
    const [root] = await this.messages.byId([rootId])
    if (root === undefined || root.conversationId !== conversationId) throw noSuchMessage()
    if (!mayHaveThread(root)) throw threadInThread()
    const lines = root.thread?.lines ?? 0
    assertExists('line', line, lines)
    await this.threads.markRead(userId, root, line)
    // Of the conversation: processes of before threads read again what they know of it.
    await this.channels.publish(liveChannels.inbox, userId, conversationId)
    const state = (await this.threads.readStates(userId, [root])).get(rootId) ?? unread
    return { readLine: state.readLine, unread: unreadLines(state, lines) }
  }
}
