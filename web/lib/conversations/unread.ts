import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { isMutedAt } from './mute'

/** Whether it asks to be read: of a muted one only what calls the viewer by name. */
export const isUnread = ({ mute, unreadCount, mentionCount }: ConversationPartsFragment, now: Date): boolean =>
  (mentionCount ?? 0) > 0 || ((unreadCount ?? 0) > 0 && !isMutedAt(mute, now))
