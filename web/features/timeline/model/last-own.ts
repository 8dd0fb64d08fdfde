import type { Person } from '../../../lib/people/people'
import type { LineEvent, Message } from './events'
import type { OutboxItem, OutboxState } from './outbox-state'
import { lastOwnMessage, ownClientIds } from './rows'

/** The viewer's last message, sent or not. */
type LastOwn =
  | { readonly kind: 'sent'; readonly message: Message }
  /** Not sent, or not yet. */
  | { readonly kind: 'unsent'; readonly item: OutboxItem }

/** What the viewer wrote last in a list; null when they can edit nothing. `unsent`: of this list. */
export function lastOwn(events: readonly LineEvent[], unsent: OutboxState, viewer: Person): LastOwn | null {
  const sent = new Set(ownClientIds(events, viewer))
  const item = unsent.findLast(({ clientId }) => !sent.has(clientId))
  if (item !== undefined) return { kind: 'unsent', item }
  const message = lastOwnMessage(events, viewer)
  return message === null ? null : { kind: 'sent', message }
}
