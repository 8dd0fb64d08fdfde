import type { Quote } from './events'

/** A message that was written on this device and is not in the timeline yet. */
export interface OutboxItem {
  readonly clientId: string
  readonly conversationId: string
  readonly text: string
  /** The message in whose thread it is a reply; absent for one in the conversation itself. */
  readonly threadId?: string
  /** Whether a reply is to be in the conversation as well. */
  readonly alsoInConversation?: boolean
  /** The message that it quotes, as it was when that was chosen. */
  readonly replyTo?: Quote
  /** The message that it forwards, and who wrote its text. */
  readonly forwardOf?: { readonly messageId: string; readonly authorId: string }
  /** When it was written, by this device's clock. */
  readonly at: string
  readonly status: 'pending' | 'sent' | 'failed'
  /** Why the server refused it, as a message for its author. */
  readonly reason?: string
  /** Whether another text would be accepted; this one never will be. */
  readonly isMendable?: boolean
  /** Nothing helps: what it forwards is not there any more, and its text is not kept. */
  readonly isFinal?: boolean
}

/** In the order of writing. */
export type OutboxState = readonly OutboxItem[]

export type OutboxAction =
  | { readonly type: 'restored'; readonly items: OutboxState }
  | { readonly type: 'written'; readonly item: OutboxItem }
  | { readonly type: 'accepted'; readonly clientId: string }
  | ({ readonly type: 'refused'; readonly clientId: string } & Required<
      Pick<OutboxItem, 'reason' | 'isMendable' | 'isFinal'>
    >)
  | { readonly type: 'retried'; readonly clientId: string }
  /** Deleted by its author, or present in the timeline. */
  | { readonly type: 'removed'; readonly clientIds: readonly string[] }

export function outboxReducer(state: OutboxState, action: OutboxAction): OutboxState {
  switch (action.type) {
    case 'restored': {
      const known = new Set(state.map((item) => item.clientId))
      return [...action.items.filter((item) => !known.has(item.clientId)), ...state]
    }
    case 'written':
      return [...state, action.item]
    case 'accepted':
      return changed(state, action.clientId, { status: 'sent', ...noRefusal })
    case 'refused':
      return changed(state, action.clientId, {
        status: 'failed',
        reason: action.reason,
        isMendable: action.isMendable,
        isFinal: action.isFinal,
        ...(action.isFinal && { text: '' }),
      })
    case 'retried':
      return changed(state, action.clientId, { status: 'pending', ...noRefusal })
    case 'removed': {
      const rest = state.filter((item) => !action.clientIds.includes(item.clientId))
      return rest.length === state.length ? state : rest
    }
    default:
      return action satisfies never
  }
}

const noRefusal = { reason: undefined, isMendable: undefined, isFinal: undefined }

function changed(state: OutboxState, clientId: string, change: Partial<OutboxItem>): OutboxState {
  if (!state.some((item) => item.clientId === clientId)) return state
  return state.map((item) => (item.clientId === clientId ? { ...item, ...change } : item))
}

/** The next message to send in each conversation: one at a time, so that the order of writing is kept. */
export function nextToSend(state: OutboxState): OutboxState {
  const seen = new Set<string>()
  return state.filter((item) => {
    if (item.status !== 'pending' || seen.has(item.conversationId)) return false
    seen.add(item.conversationId)
    return true
  })
}

/** Those that show in the conversation's own list, before they are sent. */
export const inConversation = (state: OutboxState, conversationId: string): OutboxState =>
  state.filter((item) => item.conversationId === conversationId && (!item.threadId || item.alsoInConversation))
