import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'
import { mayHaveThread, noSuchMessage, threadInThread } from '../domain/policy'
import { unread, unreadLines } from '../domain/read-state'
import { followersOf } from '../domain/thread'
import { Admission } from './admission'
import { CurrentMessages } from './current-messages'
import { linesAt, type Place, sliceOf, type ThreadRange } from './page-range'
import { Threads } from './threads'

export interface ThreadPage {
  readonly root: Message
  /** Ascending, without a gap. */
  readonly replies: readonly Message[]
  /** What these messages quote. */
  readonly quoted: ReadonlyMap<MessageId, Message>
  readonly hasEarlier: boolean
  readonly hasLater: boolean
  /** All events up to here are in the page: a stream resumes from it. */
  readonly headSeq: number
  readonly readLine: number
  readonly unread: number
  /** The viewer wrote the root, replied, or was mentioned in a reply. */
  readonly isFollowed: boolean
}

/** Always a bounded range of lines, as a page of the conversation. */
export class GetThread extends Query<ThreadPage> {
  constructor(
    readonly input: {
      readonly conversationId: ConversationId
      readonly rootId: MessageId
      readonly userId: UserId
      /** By lines of the thread. */
      readonly range: ThreadRange
    },
  ) {
    super()
  }
}

@QueryHandler(GetThread)
export class GetThreadHandler implements IQueryHandler<GetThread> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly threads: Threads,
  ) {}

  async execute({ input }: GetThread): Promise<ThreadPage> {
    const { conversationId, rootId, userId, range } = input
    const { place: asked, size } = sliceOf(range)
    await this.admission.assertMember(conversationId, userId)
    const place = asked.kind === 'message' ? await this.#placeOf(asked.id, rootId) : asked
    const [found, states] = await Promise.all([
      this.messages.thread(conversationId, rootId, (lines) => linesAt(place, size, lines)),
      this.threads.readStates(userId, [{ id: rootId, conversationId }]),
    ])
    if (found === null) throw noSuchMessage()
    const { root, replies, quoted, from, to, upTo } = found
    if (!mayHaveThread(root)) throw threadInThread()
    const lines = root.thread?.lines ?? 0
    const state = states.get(rootId) ?? unread
    return {
      root,
      replies,
      quoted,
      hasEarlier: from > 1,
      hasLater: to < lines,
      headSeq: upTo,
      readLine: state.readLine,
      unread: unreadLines(state, lines),
      isFollowed: followersOf(root).includes(userId),
    }
  }

  async #placeOf(replyId: MessageId, rootId: MessageId): Promise<Place> {
    const found = await this.messages.sending(replyId)
    if (found === null || found.threadLine === null || found.threadId !== rootId) throw noSuchMessage()
    return { kind: 'around', line: found.threadLine }
  }
}
