import { draftOf } from '../../lib/drafts'
import type { Person } from '../../lib/people/people'
import { toNames } from './model/mention-names'
import type { OutboxItem } from './model/outbox-state'
import { messageIn } from './model/timeline-state'
import type { Timelines } from './timeline-provider'

interface Ports extends Pick<Timelines, 'outbox' | 'stores'> {
  readonly viewerId: string
  readonly membersOf: (conversationId: string) => readonly Person[]
}

/**
 * Takes an unsent message back, for its author to change, into the field in which it was written. Where the thread of
 * that takes no replies any more it is that of the conversation, and the message is not in the thread.
 */
export function takeBack(clientId: string, { outbox, stores, viewerId, membersOf }: Ports): OutboxItem | undefined {
  const item = outbox.takeBack(clientId)
  if (item === undefined) return undefined
  const { threadId: writtenIn, ...rest } = item
  const { conversationId, text, replyTo = null, alsoInConversation = false } = rest
  const isClosed = writtenIn !== undefined && isThreadClosed(stores, conversationId, writtenIn)
  const threadId = isClosed ? undefined : writtenIn
  const draft = draftOf(viewerId, threadId ?? conversationId)
  draft.putBack(toNames(text, membersOf(conversationId)), isClosed ? null : replyTo)
  if (threadId === undefined) return rest
  stores.thread(conversationId, threadId).also.set(alsoInConversation)
  return item
}

/** Its message was deleted, as far as it is known here. */
function isThreadClosed(stores: Timelines['stores'], conversationId: string, rootId: string): boolean {
  const inPane = stores.thread(conversationId, rootId).root.get()?.message
  // The stream of a thread that is not open does not tell.
  const inConversation = messageIn(stores.of(conversationId).get().state, rootId)
  return [inPane, inConversation].some((root) => (root?.deletedAt ?? null) !== null)
}
