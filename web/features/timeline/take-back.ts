import { draftOf } from '../../lib/drafts'
import type { Person } from '../../lib/people/people'
import { toNames } from './model/mention-names'
import type { OutboxItem } from './model/outbox-state'
import type { Timelines } from './timeline-provider'

interface Ports extends Pick<Timelines, 'outbox' | 'stores'> {
  readonly viewerId: string
  readonly membersOf: (conversationId: string) => readonly Person[]
}

/** Takes an unsent message back, for its author to change, into the field in which it was written. */
export function takeBack(clientId: string, { outbox, stores, viewerId, membersOf }: Ports): OutboxItem | undefined {
  const item = outbox.takeBack(clientId)
  if (item === undefined) return undefined
  const { conversationId, threadId, text, replyTo = null, alsoInConversation = false } = item
  draftOf(viewerId, threadId ?? conversationId).putBack(toNames(text, membersOf(conversationId)), replyTo)
  if (threadId !== undefined) stores.thread(conversationId, threadId).also.set(alsoInConversation)
  return item
}
