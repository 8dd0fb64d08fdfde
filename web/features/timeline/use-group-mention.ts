import { useApolloClient } from '@apollo/client/react'
import { mentionsIn } from '@parley/text/mentions'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { presenceStore } from '../../lib/presence/presence-store'
import { useViewer } from '../../lib/session/use-session'

/** How many people a message notifies by a word. */
export interface GroupMention {
  readonly word: 'all' | 'here'
  readonly count: number
}

/** So many people are notified without a question. */
const few = 5

/** Whether a text notifies more than a few people at once; null when it does not. */
export function useGroupMention(conversationId: string): (text: string) => GroupMention | null {
  const { cache } = useApolloClient()
  const viewer = useViewer()
  return (text) => {
    const { all, here } = mentionsIn(text)
    const conversation = all || here ? listedConversation(cache, conversationId) : undefined
    if (conversation === undefined) return null
    const others = conversation.members.map(({ userId }) => userId).filter((id) => id !== viewer.id)
    const online = others.filter((id) => presenceStore.get().get(id)?.state === 'ONLINE')
    const mention: GroupMention = all
      ? { word: 'all', count: conversation.memberCount - 1 }
      : { word: 'here', count: online.length }
    return mention.count > few ? mention : null
  }
}
