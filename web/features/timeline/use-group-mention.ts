import { useApolloClient } from '@apollo/client/react'
import { listedConversation, membersIn } from '../../lib/conversations/conversation-cache'
import { presenceStore } from '../../lib/presence/presence-store'
import { useViewer } from '../../lib/session/use-session'
import { addedWord, type GroupWord } from './model/group-word'

/** How many people a message notifies by a word. */
export interface GroupMention {
  readonly word: GroupWord
  readonly count: number
}

/** So many people are notified without a question. */
const few = 5

/**
 * Whether a text notifies more than a few people at once; null when it does not. An edit notifies only those whom the
 * text before did not.
 */
export function useGroupMention(conversationId: string): (text: string, before?: string) => GroupMention | null {
  const { cache } = useApolloClient()
  const viewer = useViewer()
  return (text, before = '') => {
    const word = addedWord(text, before)
    const conversation = word === null ? undefined : listedConversation(cache, conversationId)
    if (word === null || conversation === undefined) return null
    const others = (membersIn(cache, conversationId) ?? []).map(({ userId }) => userId).filter((id) => id !== viewer.id)
    const online = others.filter((id) => presenceStore.get().get(id)?.state === 'ONLINE')
    const count = word === 'all' ? conversation.memberCount - 1 : online.length
    return count > few ? { word, count } : null
  }
}
