import type { ConversationPartsFragment } from '../lib/graphql/__generated__/fragments'
import type { Person } from '../lib/people/people'

const nothingYet = {
  topic: null,
  lastActivityAt: '2026-11-28T12:00:00.000Z',
  headSeq: 1,
  detailsSeq: 1,
  readLine: 1,
  readRevision: 0,
  unreadCount: 0,
  mentionCount: 0,
  mute: { isMuted: false, until: null, revision: 0 },
  lastMessage: null,
}

type Change = Partial<ConversationPartsFragment>

/** A group. */
export const groupOf = (title: string, change: Change = {}): ConversationPartsFragment => ({
  ...nothingYet,
  id: `id of ${title}`,
  kind: 'GROUP',
  title,
  peerId: null,
  peer: null,
  memberCount: 3,
  ...change,
})

/** The direct conversation with a person. */
export const directWith = (person: Person, change: Change = {}): ConversationPartsFragment => ({
  ...nothingYet,
  id: `with ${person.id}`,
  kind: 'DIRECT',
  title: null,
  peerId: person.id,
  peer: person,
  memberCount: 2,
  ...change,
})
