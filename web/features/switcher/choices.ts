import { type Result, resultOf } from '../../components/finder/finder-result'
import { acquaintances } from '../../lib/conversations/acquaintances'
import { conversationsNamed } from '../../lib/conversations/conversation-name'
import { isUnread } from '../../lib/conversations/unread'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import type { Person } from '../../lib/people/people'

interface Input {
  /** What is typed, without space around it. */
  readonly typed: string
  /** Latest activity first. */
  readonly conversations: readonly ConversationPartsFragment[]
  /** The one that is open. */
  readonly activeId: string | null
  /** Those of the typed name, best matches first. */
  readonly people: readonly Person[]
  readonly viewerId: string
  /** Of a group; none while it is not known who they are. */
  readonly membersOf: (conversationId: string) => readonly Person[]
  readonly now: Date
}

/** Of each kind, before anything is typed. */
const mostRecent = 20

/**
 * Where one may want to go, the likeliest first: conversations, then people with whom there is none yet. Before anything
 * is typed, unread ones and then the last ones, then people of the viewer's groups.
 */
export function choicesFor(input: Input): readonly Result[] {
  const { typed, conversations, activeId, people, viewerId, membersOf, now } = input
  const peers = new Set(conversations.map(({ peerId }) => peerId))
  const strangers = (found: readonly Person[]) => found.filter(({ id }) => !peers.has(id)).map(newConversationWith)
  if (typed !== '') return [...conversationsNamed(conversations, typed).map(resultOf), ...strangers(people)]
  const others = conversations.filter(({ id }) => id !== activeId)
  const unread = others.filter((conversation) => isUnread(conversation, now))
  const recent = others.filter((conversation) => !unread.includes(conversation))
  return [
    ...[...unread, ...recent].slice(0, mostRecent).map(resultOf),
    ...strangers(acquaintances(conversations, { viewerId, membersOf })).slice(0, mostRecent),
  ]
}

const newConversationWith = (person: Person): Result => ({
  kind: 'person',
  id: person.id,
  person,
  note: 'New conversation',
  isChoosable: true,
})
