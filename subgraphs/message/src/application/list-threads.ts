import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { type Page, readPage } from '@parley/platform/listing/read-page'
import type { Message } from '../domain/message'
import { unread } from '../domain/read-state'
import { type FollowedThread, type ThreadEntry, threadEntryOf } from '../domain/threads-view'
import { CurrentMessages } from './current-messages'
import { Threads } from './threads'

export interface ListedThread extends ThreadEntry {
  readonly root: Message
}

/** A row's place in the list, which is by the last reply. */
export interface ThreadListPlace {
  readonly lastReplyAt: Date
  readonly rootId: MessageId
}

/** The threads that the viewer follows, the last with a reply first. */
export class ListThreads extends Query<Page<ListedThread>> {
  constructor(
    readonly userId: UserId,
    readonly first: number,
    readonly after: ThreadListPlace | null,
  ) {
    super()
  }
}

@QueryHandler(ListThreads)
export class ListThreadsHandler implements IQueryHandler<ListThreads> {
  constructor(
    private readonly memberships: MembershipReplica,
    private readonly threads: Threads,
    private readonly messages: CurrentMessages,
  ) {}

  execute({ userId, first, after }: ListThreads): Promise<Page<ListedThread>> {
    return readPage('threads', { first, after }, async (limit) => {
      const ids = (await this.memberships.conversationsOf(userId)) as readonly ConversationId[]
      const followed = (await this.threads.followed(userId, ids)).filter((one) => isAfter(one, after)).slice(0, limit)
      const [states, roots] = await Promise.all([
        this.threads.readStates(userId, followed),
        this.messages.byId(followed.map(({ id }) => id)),
      ])
      const rootOf = new Map(roots.map((root) => [root.id, root]))
      return followed.flatMap(({ id }) => {
        const root = rootOf.get(id)
        const entry = root === undefined ? null : threadEntryOf(root, states.get(id) ?? unread)
        return root === undefined || entry === null ? [] : [{ ...entry, root }]
      })
    })
  }
}

function isAfter({ id, thread }: FollowedThread, after: ThreadListPlace | null): boolean {
  if (after === null || thread === null) return true
  const later = thread.lastReplyAt.getTime() - after.lastReplyAt.getTime()
  return later < 0 || (later === 0 && id < after.rootId)
}
