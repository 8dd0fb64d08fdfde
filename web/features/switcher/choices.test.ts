import type { Person } from '../../lib/people/people'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { directWith, groupOf } from '../../testing/conversations'
import { choicesFor } from './choices'

const person = (username: string, displayName: string): Person => ({ id: username, username, displayName })
const me = person('me', 'Me')
const ben = person('ben_b', 'Ben Bold')
const zoe = person('zoe', 'Zoë Müller')
const otto = person('otto', 'Otto Benz')

interface Given {
  readonly typed?: string
  readonly conversations?: readonly ConversationPartsFragment[]
  readonly activeId?: string | null
  readonly people?: readonly Person[]
  readonly members?: Readonly<Record<string, readonly Person[]>>
}

const choices = ({ typed = '', conversations = [], activeId = null, people = [], members = {} }: Given) =>
  choicesFor({
    typed,
    conversations,
    activeId,
    people,
    viewerId: me.id,
    membersOf: (id) => members[id] ?? [],
    now: new Date(),
  }).map((result) =>
    result.kind === 'person'
      ? `new: ${result.person.displayName}`
      : (result.conversation.title ?? result.conversation.id),
  )

describe('where one may want to go', () => {
  const conversations = [groupOf('Benches'), directWith(ben), groupOf('The garden')]

  it('is what has the typed name, conversations before people, the best and the last ones first', () => {
    expect(choices({ typed: 'ben', conversations, people: [ben, otto] })).toEqual([
      'Benches',
      'with ben_b',
      'new: Otto Benz',
    ])
    expect(choices({ typed: 'en', conversations, people: [] })).toEqual(['Benches', 'with ben_b', 'The garden'])
    expect(choices({ typed: 'gard', conversations })).toEqual(['The garden'])
  })

  it('is one row a person: who is found as an account, and has a conversation, is that', () => {
    expect(choices({ typed: 'bold', conversations, people: [ben] })).toEqual(['with ben_b'])
    expect(choices({ typed: 'ben_b', conversations, people: [ben] })).toEqual(['with ben_b'])
    expect(choices({ typed: 'zoe', conversations, people: [zoe] })).toEqual(['new: Zoë Müller'])
  })

  it('is found by the conversation that is open, too', () => {
    expect(choices({ typed: 'gard', conversations, activeId: 'id of The garden' })).toEqual(['The garden'])
  })

  it('is, with nothing typed, what is unread, what was last, and people of the groups', () => {
    const unread = groupOf('Unread', { unreadCount: 2 })
    const muted = groupOf('Muted', {
      unreadCount: 2,
      mute: { isMuted: true, until: null, revision: 1 },
    })
    const members = { 'id of Benches': [me, otto], 'id of The garden': [me, ben, zoe, otto] }
    expect(choices({ conversations: [...conversations, muted, unread], activeId: 'id of Benches', members })).toEqual([
      'Unread',
      'with ben_b',
      'The garden',
      'Muted',
      'new: Otto Benz',
      'new: Zoë Müller',
    ])
  })

  it('is not without end before one types', () => {
    const people = Array.from({ length: 90 }, (_, index) => person(`p${index}`, `P ${index}`))
    const many = Array.from({ length: 500 }, (_, index) => groupOf(`Group ${index}`))
    expect(choices({ conversations: many, members: { 'id of Group 7': people } })).toHaveLength(40)
  })
})
