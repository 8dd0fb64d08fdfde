import { messageSent } from '../../../testing/timeline-log'
import type { Message, TimelineEvent } from './events'
import { noWishes, type ReactionOutcome, ReactionStore } from './reaction-store'
import type { ReactionWish } from './reactions'

jest.useFakeTimers()

const event: TimelineEvent = messageSent(1)
const { message } = messageSent(1)
const change = { conversationId: message.conversationId, messageId: message.id, emoji: '👍' }

/** A store whose sends are answered by the test, one by one. */
async function started(stored: readonly ReactionWish[] = []) {
  const sent: ReactionWish[] = []
  const answers: ((outcome: ReactionOutcome) => void)[] = []
  const done: string[] = []
  /** With how many messages had wishes then. */
  const learned: (readonly [Message, number])[] = []
  const kept = new Map(stored.map((wish) => [wish.emoji, wish]))
  let ids = 0
  const store = new ReactionStore({
    viewerId: 'u1',
    storage: {
      load: async () => [...kept.values()],
      save: async (wish) => void kept.set(wish.emoji, wish),
      remove: async (wish) => void kept.delete(wish.emoji),
    },
    send: (wish) => {
      sent.push(wish)
      return new Promise((resolve) => answers.push(resolve))
    },
    done: (conversationId) => void done.push(conversationId),
    learned: (state) => void learned.push([state, store.get().size]),
    newId: () => `k${++ids}`,
  })
  await store.start()
  const answer = async (outcome: ReactionOutcome) => {
    answers.shift()?.(outcome)
    await jest.advanceTimersByTimeAsync(0)
  }
  const waiting = () => (store.get().get('m1') ?? noWishes).wishes.map(({ emoji, isAdded }) => [emoji, isAdded])
  return { store, sent, answer, done, learned, kept, waiting }
}

describe('a reaction that was just made', () => {
  it('waits until the server has confirmed it, and its event goes to the timeline', async () => {
    const { store, sent, answer, done, kept, waiting } = await started()
    store.toggle(message, '👍')
    expect(waiting()).toEqual([['👍', true]])
    expect(kept.size).toBe(1)
    await answer({ kind: 'done', event, message: null })
    expect(sent).toEqual([{ ...change, isAdded: true, clientId: 'k1' }])
    expect(done).toEqual(['c'])
    expect(store.get().size).toBe(0)
    expect(kept.size).toBe(0)
  })

  it('is over without an event when nothing was to be changed, once the timeline has the message like that', async () => {
    const { store, answer, done, learned } = await started()
    store.toggle(message, '👍')
    await answer({ kind: 'done', event: null, message })
    expect([done, learned]).toEqual([[], [[message, 1]]])
    expect(store.get().size).toBe(0)
  })

  it('is repeated as the same one when there was no answer, and at once when the connection is back', async () => {
    const { store, sent, answer } = await started()
    store.toggle(message, '👍')
    await answer({ kind: 'unknown' })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(sent.map(({ clientId }) => clientId)).toEqual(['k1', 'k1'])
    await answer({ kind: 'unknown' })
    store.wake()
    expect(sent).toHaveLength(3)
    await answer({ kind: 'done', event, message: null })
    expect(store.get().size).toBe(0)
  })

  it('that is taken back while it is sent is sent again as it is wanted now', async () => {
    const { store, sent, answer, waiting } = await started()
    store.toggle(message, '👍')
    store.toggle(message, '👍')
    expect(waiting()).toEqual([['👍', false]])
    expect(sent).toHaveLength(1)
    await answer({ kind: 'done', event, message: null })
    expect(waiting()).toEqual([['👍', false]])
    expect(sent.map(({ isAdded, clientId }) => [isAdded, clientId])).toEqual([
      [true, 'k1'],
      [false, 'k2'],
    ])
    await answer({ kind: 'done', event, message: null })
    expect(store.get().size).toBe(0)
  })

  it('is added only if the viewer has not reacted with it, and toggled by what they see', async () => {
    const { store, sent } = await started()
    const known = { ...message, reactions: [{ emoji: '👍', count: 2, userIds: ['u2', 'u1'] }] }
    store.add(known, '👍')
    expect(sent).toEqual([])
    store.add({ ...message, reactions: [] }, '👍')
    store.toggle({ ...known, id: 'm2' }, '👍')
    expect(sent.map(({ messageId, isAdded }) => [messageId, isAdded])).toEqual([
      ['m1', true],
      ['m2', false],
    ])
  })

  it('does not wait for another emoji on the message', async () => {
    const { store, sent, answer, waiting } = await started()
    store.toggle(message, '👍')
    store.toggle(message, '🎉')
    expect(sent).toHaveLength(2)
    await answer({ kind: 'done', event, message: null })
    expect(waiting()).toEqual([['🎉', true]])
  })

  it('disappears when it is refused, and says why until the next one', async () => {
    const { store, answer, waiting, kept } = await started()
    store.toggle(message, '👍')
    await answer({ kind: 'refused', reason: 'Too many.' })
    expect(waiting()).toEqual([])
    expect(store.get().get('m1')?.problem).toBe('Too many.')
    expect(kept.size).toBe(0)
    store.toggle(message, '👍')
    expect(store.get().get('m1')?.problem).toBeNull()
  })

  it('is sent by the next tab when this one was closed without an answer', async () => {
    const stored = { ...change, isAdded: true, clientId: 'before' }
    const { sent, waiting } = await started([stored])
    expect(waiting()).toEqual([['👍', true]])
    expect(sent).toEqual([stored])
  })

  it('is not sent after the end', async () => {
    const { store, sent, answer } = await started()
    store.toggle(message, '👍')
    store.close()
    await answer({ kind: 'unknown' })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
  })
})
