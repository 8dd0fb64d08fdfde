'use client'

import { useApolloClient } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { ConversationAvatar } from '../../components/conversation-avatar'
import { conversationName } from '../../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { rename, setTopic } from './change-details'
import { EditableLine } from './editable-line'

/** A group's picture, name and topic, which every member can change. */
export function GroupHead({ conversation }: { readonly conversation: ConversationPartsFragment }) {
  const apollo = useApolloClient()
  const { id, title, topic, memberCount } = conversation
  return (
    <section aria-label="About the group" className="space-y-5 px-5 pt-6 pb-5">
      <div className="flex items-center gap-4">
        <ConversationAvatar conversation={conversation} size="lg" on="paper" />
        <div className="min-w-0 flex-1">
          <EditableLine
            key={id}
            label="Group name"
            action="Change the group name"
            value={title ?? ''}
            maxLength={limits.titleLength}
            required
            onSave={(value) => rename(apollo, id, value)}
          >
            <h3 className="font-display text-xl leading-7 font-semibold tracking-tight wrap-anywhere" dir="auto">
              {conversationName(conversation)}
            </h3>
          </EditableLine>
          <p className="mt-0.5 text-sm text-soft">{memberCount === 1 ? '1 member' : `${memberCount} members`}</p>
        </div>
      </div>
      <EditableLine
        key={`${id} topic`}
        label="Topic"
        action={topic === null ? 'Set a topic' : 'Change the topic'}
        value={topic ?? ''}
        maxLength={limits.topicLength}
        onSave={(value) => setTopic(apollo, id, value)}
      >
        <h3 className="text-xs font-semibold text-faint">Topic</h3>
        <p className={topic === null ? 'text-sm text-faint' : 'text-md wrap-anywhere'} dir="auto">
          {topic ?? 'What is this group about?'}
        </p>
      </EditableLine>
    </section>
  )
}
