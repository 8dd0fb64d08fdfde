import type { LineEvent, Message } from './events'
import { isOwnReaction, withReaction } from './reactions'

/** What a viewer can want of a message. */
export type Change =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'react'; readonly emoji: string; readonly isAdded: boolean }
  | { readonly kind: 'pin'; readonly isPinned: boolean }
  | { readonly kind: 'bookmark'; readonly isBookmarked: boolean }

/** A change of this device that the server has not confirmed. */
export interface PendingChange {
  readonly conversationId: string
  readonly messageId: string
  /** One for each wish, so that an unanswered one can be repeated. */
  readonly clientId: string
  /** When it was wanted, by this device's clock. */
  readonly at: string
  readonly change: Change
  /** Why it was not done, as a sentence for the viewer; null while it is under way. */
  readonly problem: string | null
}

/** By the message's id, in the order in which they were wanted. */
export type PendingChanges = ReadonlyMap<string, readonly PendingChange[]>

interface Rule<C> {
  /** Of one message only the last change of each slot counts. */
  readonly slot: (change: C) => string
  /** Repeated until it is answered, also after a reload. Others tell the viewer, who can retry. */
  readonly isPatient: boolean
  /** The message is like that already. */
  readonly isMet: (change: C, message: Message, viewerId: string) => boolean
  readonly apply: (change: C, message: Message, by: { readonly viewerId: string; readonly at: string }) => Message
}

type Kind = Change['kind']

const rules: { readonly [K in Kind]: Rule<Extract<Change, { kind: K }>> } = {
  edit: {
    slot: () => 'edit',
    isPatient: false,
    isMet: ({ text }, message) => message.text === text,
    apply: ({ text }, message, { at }) => ({ ...message, text, editedAt: at }),
  },
  delete: {
    slot: () => 'delete',
    isPatient: false,
    isMet: (_, message) => message.deletedAt !== null,
    apply: (_, message, { viewerId, at }) => ({
      ...message,
      text: '',
      reactions: [],
      deletedAt: at,
      deletedById: viewerId,
      pinnedAt: null,
      pinnedById: null,
    }),
  },
  react: {
    slot: ({ emoji }) => `react ${emoji}`,
    isPatient: true,
    isMet: ({ emoji, isAdded }, { reactions }, viewerId) => isOwnReaction(reactions, emoji, viewerId) === isAdded,
    apply: ({ emoji, isAdded }, message, { viewerId }) => ({
      ...message,
      reactions: withReaction(message.reactions, { emoji, isAdded, userId: viewerId }),
    }),
  },
  pin: {
    slot: () => 'pin',
    isPatient: true,
    isMet: ({ isPinned }, { pinnedAt }) => (pinnedAt !== null) === isPinned,
    apply: ({ isPinned }, message, { viewerId, at }) => ({
      ...message,
      pinnedAt: isPinned ? at : null,
      pinnedById: isPinned ? viewerId : null,
    }),
  },
  bookmark: {
    slot: () => 'bookmark',
    isPatient: true,
    isMet: ({ isBookmarked }, message) => (message.isBookmarked ?? false) === isBookmarked,
    apply: ({ isBookmarked }, message) => ({ ...message, isBookmarked }),
  },
}

// The compiler does not see that a rule is asked about its own kind only.
const ruleOf = (change: Change) => rules[change.kind] as unknown as Rule<Change>

export const slotOf = (change: Change): string => ruleOf(change).slot(change)

export const isPatient = (change: Change): boolean => ruleOf(change).isPatient

/** Nothing is left to do: it was deleted, or it is as wanted. */
export const isMet = ({ change }: PendingChange, message: Message, viewerId: string): boolean =>
  message.deletedAt !== null || ruleOf(change).isMet(change, message, viewerId)

/** The message as it is once the changes that are under way are done. What was deleted stays so. */
export function changedMessage(message: Message, pending: PendingChanges, viewerId: string): Message {
  return (pending.get(message.id) ?? []).reduce((state, one) => {
    if (one.problem !== null || isMet(one, state, viewerId)) return state
    return ruleOf(one.change).apply(one.change, state, { viewerId, at: one.at })
  }, message)
}

/** The lines with their messages as they are once the changes that are under way are done. */
export function withChanges(
  events: readonly LineEvent[],
  pending: PendingChanges,
  viewerId: string,
): readonly LineEvent[] {
  if (pending.size === 0) return events
  return events.map((event) => {
    if (event.type !== 'MessageSent') return event
    const message = changedMessage(event.message, pending, viewerId)
    return message === event.message ? event : { ...event, message }
  })
}
