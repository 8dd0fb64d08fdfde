import { renderToStaticMarkup } from 'react-dom/server'
import { ada, bob } from '../../testing/timeline-log'
import type { SystemRow } from './model/rows'
import { RowView } from './row-view'
import { deletionSentence } from './tombstone'

const happened = { seq: 1, line: 1, at: '2026-11-28T12:00:00.000Z', actor: ada }

const lines: readonly (readonly [string, SystemRow['event']])[] = [
  ['Ada started “Weekend”', { ...happened, type: 'ConversationStarted', title: 'Weekend' }],
  ['Ada started the conversation', { ...happened, type: 'ConversationStarted', title: null }],
  ['Ada added Bob', { ...happened, type: 'MemberJoined', member: bob }],
  ['Ada left', { ...happened, type: 'MemberLeft', member: ada }],
  ['Ada removed Bob', { ...happened, type: 'MemberLeft', member: bob }],
  ['Ada renamed the conversation to “Later”', { ...happened, type: 'TitleChanged', title: 'Later' }],
  ['Ada changed the topic to “Tents &amp; food”', { ...happened, type: 'TopicChanged', topic: 'Tents & food' }],
  ['Ada cleared the topic', { ...happened, type: 'TopicChanged', topic: null }],
]

const deletions = [
  ['Ada deleted a message', ada, ada, 'u3'],
  ['You deleted a message', ada, ada, 'u1'],
  ['Bob deleted a message of Ada', ada, bob, 'u3'],
  ['Bob deleted a message of yours', ada, bob, 'u1'],
  ['You deleted a message of Ada', ada, bob, 'u2'],
] as const

describe('what is left of a deleted message', () => {
  it.each(deletions)('says: %s', (sentence, author, deletedBy, viewerId) =>
    expect(deletionSentence({ author, deletedBy, viewerId })).toBe(sentence),
  )
})

describe('a line about the conversation', () => {
  it.each(lines)('says: %s', (sentence, event) => {
    const html = renderToStaticMarkup(<RowView row={{ kind: 'system', key: 'e1', event }} />)
    expect(html).toContain(`>${sentence}<`)
  })

  it('has no text for an unknown kind of a newer server', () => {
    const event = { ...happened, type: 'SomethingNew' } as unknown as SystemRow['event']
    const html = renderToStaticMarkup(<RowView row={{ kind: 'system', key: 'e1', event }} />)
    expect(html).toContain('Ada did something that this page is too old to show.')
  })
})
