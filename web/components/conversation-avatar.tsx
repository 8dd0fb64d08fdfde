import { conversationHueId, conversationName } from '../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../lib/graphql/__generated__/fragments'
import { usePresence } from '../lib/presence/use-presence'
import { Avatar } from './avatar'
import { PresenceDot } from './presence-dot'

interface Props {
  readonly conversation: ConversationPartsFragment
  readonly size?: 'sm' | 'md' | 'lg'
  readonly on?: 'rail' | 'paper'
}

/** Round for a person, with their presence; a rounded square for a group. */
export function ConversationAvatar({ conversation, size = 'md', on = 'rail' }: Props) {
  const presence = usePresence(conversation.peerId)
  return (
    <span className="relative inline-grid shrink-0">
      <Avatar
        id={conversationHueId(conversation)}
        name={conversationName(conversation)}
        shape={conversation.kind === 'DIRECT' ? 'person' : 'group'}
        size={size}
      />
      <PresenceDot state={presence?.state} on={on} />
    </span>
  )
}
