import { ada, bob, messageSent } from '../../../testing/timeline-log'
import { type Change, type PendingChange, withChanges } from './changes'

const sent = [messageSent(1), messageSent(2)]
const at = messageSent(9).at

const wanted = (...changes: readonly Change[]) => {
  const all = changes.map((change, index): PendingChange => {
    return { conversationId: 'c', messageId: 'm1', clientId: `k${index}`, at, change, problem: null }
  })
  return new Map([['m1', all]])
}

const first = (...changes: readonly Change[]) => {
  const [event] = withChanges(sent, wanted(...changes), ada.id)
  return event?.type === 'MessageSent' ? event.message : null
}

describe('what is wanted of a message', () => {
  it('shows as if it were done, and leaves others as they are', () => {
    expect(first({ kind: 'edit', text: 'better' })).toMatchObject({ text: 'better', editedAt: at, version: 1 })
    expect(first({ kind: 'react', emoji: '🎉', isAdded: true })?.reactions).toEqual([
      { emoji: '🎉', count: 1, userIds: [ada.id] },
    ])
    expect(first({ kind: 'delete' })).toMatchObject({ text: '', deletedAt: at, deletedById: ada.id })
    expect(withChanges(sent, wanted({ kind: 'delete' }), ada.id)[1]).toBe(sent[1])
  })

  it('shows in the order in which it was wanted, and nothing after a deletion', () => {
    const all = first({ kind: 'delete' }, { kind: 'edit', text: 'late' }, { kind: 'react', emoji: '🎉', isAdded: true })
    expect(all).toMatchObject({ text: '', reactions: [] })
  })

  it('leaves alone what others have deleted meanwhile', () => {
    const gone = { ...messageSent(1).message, text: '', deletedAt: messageSent(3).at, deletedById: bob.id }
    const events = [{ ...messageSent(1), message: gone }]
    expect(withChanges(events, wanted({ kind: 'delete' }, { kind: 'edit', text: 'late' }), ada.id)).toEqual(events)
  })

  it('shows no more once it has failed', () => {
    const [pending] = wanted({ kind: 'delete' }).get('m1') ?? []
    const failed = pending === undefined ? [] : [{ ...pending, problem: 'No answer.' }]
    expect(withChanges(sent, new Map([['m1', failed]]), ada.id)).toEqual(sent)
  })
})
