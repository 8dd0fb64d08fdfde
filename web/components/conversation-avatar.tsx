import { conversationHueId, conversationName } from '../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../lib/graphql/__generated__/fragments'
import { Avatar } from './avatar'

interface Props {
  readonly conversation: ConversationPartsFragment
  readonly viewerId: string
  readonly size?: 'sm' | 'md' | 'lg'
}

/** Round for a person, a rounded square for a group. */
export function ConversationAvatar({ conversation, viewerId, size = 'md' }: Props) {
  return (
    <Avatar
      id={conversationHueId(conversation, viewerId)}
      name={conversationName(conversation, viewerId)}
      shape={conversation.kind === 'DIRECT' ? 'person' : 'group'}
      size={size}
    />
  )
}
