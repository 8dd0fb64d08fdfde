import { useApolloClient } from '@apollo/client/react'
import { Users } from 'lucide-react'
import { Avatar } from '../../components/avatar'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { membersOf } from '../../lib/conversations/members'
import { presenceStore } from '../../lib/presence/presence-store'
import { useViewer } from '../../lib/session/use-session'
import { type MentionChoice, mentionChoices, mentionQuery, peopleCount } from './model/mention-choices'
import { labelsOf } from './model/mention-names'
import type { TimelineStore } from './model/timeline-store'
import { useTimelines } from './timeline-provider'
import type { Completion, CompletionSource } from './use-completion'

/** The people of a conversation, who may be meant by an @. */
export function useMentionCompletion(conversationId: string): CompletionSource {
  const { cache } = useApolloClient()
  const viewer = useViewer()
  const { stores } = useTimelines()
  return {
    label: 'People to mention',
    queryAt: mentionQuery,
    choicesFor: (query) => {
      const members = membersOf(cache, conversationId)
      const people = members.filter(({ id }) => id !== viewer.id)
      const conversation = listedConversation(cache, conversationId)
      const here = people.filter(({ id }) => presenceStore.get().get(id)?.state === 'ONLINE').length
      const all = (conversation?.memberCount ?? members.length) - 1
      const group = conversation?.kind === 'DIRECT' ? null : { all, here }
      const speakers = speakersIn(stores.of(conversationId))
      return mentionChoices(query, { people, labels: labelsOf(members), speakers, group }).map(completionOf)
    },
  }
}

/** The last one first. */
const speakersIn = (store: TimelineStore): readonly string[] => [
  ...new Set(
    store
      .get()
      .state.lines.toArray()
      .toReversed()
      .map(({ actor }) => actor.id),
  ),
]

const completionOf = (choice: MentionChoice): Completion => ({
  key: choice.kind === 'person' ? choice.person.id : choice.label,
  written: `@${choice.label}`,
  view: <ChoiceView choice={choice} />,
})

function ChoiceView({ choice }: { readonly choice: MentionChoice }) {
  if (choice.kind === 'person')
    return (
      <>
        <Avatar id={choice.person.id} name={choice.person.displayName} size="sm" />
        <span className="min-w-0 truncate text-md font-medium">{choice.person.displayName}</span>
        <span className="min-w-0 truncate text-xs text-soft">@{choice.person.username}</span>
      </>
    )
  return (
    <>
      <span className="grid size-6 shrink-0 place-items-center rounded-full bg-wash text-link">
        <Users className="size-3.5" aria-hidden="true" />
      </span>
      <span className="text-md font-medium">@{choice.label}</span>
      <span className="min-w-0 truncate text-xs text-soft">
        Notify {choice.label === 'here' ? `${peopleCount(choice.count)} online` : peopleCount(choice.count)}
      </span>
    </>
  )
}
