import type { TimelineFact } from '../domain/timeline-event'
import { asItHappened } from '../application/current-messages'
import { newUser } from '@parley/platform/testing/ids'
import { eventAt } from '../testing/entries'
import { eventView } from './views'

const memberId = newUser()

const shown: readonly (readonly [TimelineFact, object])[] = [
  [
    { type: 'ConversationStarted', data: { title: 'Weekend' } },
    { __typename: 'ConversationStarted', title: 'Weekend' },
  ],
  [
    { type: 'MemberJoined', data: { memberId } },
    { __typename: 'MemberJoined', memberId, member: { id: memberId } },
  ],
  [
    { type: 'MemberLeft', data: { memberId } },
    { __typename: 'MemberLeft', memberId, member: { id: memberId } },
  ],
  [
    { type: 'TitleChanged', data: { title: 'Later' } },
    { __typename: 'TitleChanged', title: 'Later' },
  ],
  [
    { type: 'TopicChanged', data: { topic: 'Tents' } },
    { __typename: 'TopicChanged', topic: 'Tents' },
  ],
  [
    { type: 'TopicChanged', data: { topic: null } },
    { __typename: 'TopicChanged', topic: null },
  ],
]

describe('the view of an event', () => {
  it.each(shown)('%j', (fact, own) => {
    const event = { ...eventAt(3), ...fact }
    const { conversationId, actorId, at } = event
    const common = { conversationId, seq: 3, line: 3, at, actorId, actor: { id: actorId } }
    expect(eventView(asItHappened(event))).toEqual({ ...common, ...own })
  })

  it('has the current state of the message, for an event about one', () => {
    const event = { ...asItHappened(eventAt(3, { text: 'Hello' })) }
    expect(eventView(event)).toMatchObject({ __typename: 'MessageSent', message: { seq: 3, text: 'Hello' } })
  })
})
