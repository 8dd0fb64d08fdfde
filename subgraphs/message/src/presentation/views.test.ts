import type { TimelineFact } from '../domain/timeline-event'
import { asItHappened } from '../application/current-messages'
import { newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { eventAt, forwardEntry, replyTo } from '../testing/entries'
import { eventView, pageView } from './views'

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

  it('has the quoted message where it was read with it, and else its id alone', () => {
    const quoted = evolve(null, eventAt(1, { text: 'When?' })) as Message
    const event = asItHappened(eventAt(3, { replyToId: quoted.id }))
    const read = { message: { replyToId: quoted.id, replyTo: { id: quoted.id, text: 'When?' } } }
    expect(eventView({ ...event, quoted })).toMatchObject(read)
    expect(eventView(event)).not.toHaveProperty('message.replyTo')
  })

  it('has of a forward who wrote it, and not where it is from', () => {
    const source = evolve(null, eventAt(1)) as Message
    const view = eventView(asItHappened({ ...forwardEntry(source), seq: 3, lines: 3 }))
    const author = { forwardedFromId: source.authorId, forwardedFrom: { id: source.authorId } }
    expect(view).toMatchObject({ message: author })
    expect(JSON.stringify(view)).not.toMatch(new RegExp(`${source.id}|${source.conversationId}`))
  })

  it('has the root of a reply in a frame, and not in a page, where it would be as old as the reply', () => {
    const root = evolve(null, eventAt(1, { text: 'Where?' })) as Message
    const reply = asItHappened({ ...replyTo(root), seq: 2, lines: 2 })
    const { conversationId } = root
    const page = { conversationId, events: [reply], hasEarlier: false, hasLater: false, aroundLine: null, headSeq: 2 }
    expect(eventView(reply)).toMatchObject({ root: { id: root.id, version: 2 } })
    expect(eventView({ ...reply, root: { ...root, version: 7 } })).toMatchObject({ root: { id: root.id, version: 7 } })
    expect(pageView(page).events).toMatchObject([{ __typename: 'MessageSent', root: null }])
  })
})
