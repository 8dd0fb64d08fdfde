import { conversationHueId, conversationName } from '../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../lib/graphql/__generated__/fragments'
import { Avatar } from './avatar'

interface Props {
  readonly conversation: ConversationPartsFragment
  readonly size?: 'sm' | 'md' | 'lg'
}

/** Round for a person, a rounded square for a group. */
export function ConversationAvatar({ conversation, size = 'md' }: Props) {
  return (
    <Avatar
      id={conversationHueId(conversation)}
      name={conversationName(conversation)}
      shape={conversation.kind === 'DIRECT' ? 'person' : 'group'}
      size={size}
    />
  )
}
