import { ada, messageDeleted, messageSent } from '../../../testing/timeline-log'
import { type ChangeOutcome, ChangeStore, changeKey } from './change-store'
import { type PendingChange, withChanges } from './changes'
import type { Message, TimelineEvent } from './events'

jest.useFakeTimers()

const sent = [messageSent(1), messageSent(2)]
const event: TimelineEvent = messageSent(1)
const { message } = messageSent(1)
const base = { conversationId: message.conversationId, messageId: message.id, at: message.id, problem: null }
const reaction = (emoji: string, isAdded = true) => ({ kind: 'react', emoji, isAdded }) as const

/** A store whose sends are answered by the test, one by one. */
async function started(stored: readonly PendingChange[] = []) {
  const requests: PendingChange[] = []
  const answers: ((outcome: ChangeOutcome) => void)[] = []
  const done: string[] = []
  /** With how many messages had changes then. */
  const learned: (readonly [Message, number])[] = []
  const kept = new Map(stored.map((pending) => [changeKey(pending), pending]))
  let ids = 0
  const store = new ChangeStore({
    viewerId: ada.id,
    storage: {
      load: async () => [...kept.values()],
      save: async (pending) => void kept.set(changeKey(pending), pending),
      remove: async (pending) => void kept.delete(changeKey(pending)),
    },
    send: (pending) => {
      requests.push(pending)
      return new Promise((resolve) => answers.push(resolve))
    },
    done: (conversationId) => void done.push(conversationId),
    learned: (state) => void learned.push([state, store.get().size]),
    confirmed: () => undefined,
    newId: () => `k${++ids}`,
  })
  await store.start()
  const answer = async (outcome: ChangeOutcome) => {
    answers.shift()?.(outcome)
    await jest.advanceTimersByTimeAsync(0)
  }
  const all = () => [...store.get().values()].flat()
  const waiting = () => all().flatMap(({ change, problem }) => (problem === null ? [change] : []))
  const failed = () => all().filter(({ problem }) => problem !== null)
  const shown = () =>
    withChanges(sent, store.get(), ada.id).map((one) => (one.type === 'MessageSent' ? one.message.text : null))
  return { store, requests, answer, done, learned, kept, waiting, failed, shown }
}

const finished: ChangeOutcome = { kind: 'done', event, message: null }
const unanswered: ChangeOutcome = { kind: 'unknown', reason: 'No answer.' }

describe('a change', () => {
  it('shows until the server has confirmed it, and its event goes to the timeline', async () => {
    const { store, requests, answer, done, kept, waiting } = await started()
    store.toggleReaction(message, '👍')
    expect([waiting(), kept.size]).toEqual([[reaction('👍')], 1])
    expect(store.shown(message).reactions).toEqual([{ emoji: '👍', count: 1, userIds: [ada.id] }])
    await answer(finished)
    expect(requests).toMatchObject([{ messageId: 'm1', change: reaction('👍'), clientId: 'k1' }])
    expect([done, store.get().size, kept.size]).toEqual([['c'], 0, 0])
    expect(store.shown(message)).toBe(message)
  })

  it('is over without an event when nothing was to be changed, once the timeline has the message like that', async () => {
    const { store, answer, done, learned } = await started()
    store.toggleReaction(message, '👍')
    await answer({ kind: 'done', event: null, message })
    expect([done, learned]).toEqual([[], [[message, 1]]])
    expect(store.get().size).toBe(0)
  })

  it('that is taken back while it is sent is sent again as it is wanted now', async () => {
    const { store, requests, answer, waiting } = await started()
    for (const isAdded of [true, false, true, false]) {
      store.toggleReaction(message, '👍')
      expect(waiting()).toEqual([reaction('👍', isAdded)])
    }
    expect(requests).toHaveLength(1)
    await answer(finished)
    expect(waiting()).toEqual([reaction('👍', false)])
    expect(requests.map(({ change, clientId }) => [change, clientId])).toEqual([
      [reaction('👍'), 'k1'],
      [reaction('👍', false), 'k4'],
    ])
    await answer(finished)
    expect(store.get().size).toBe(0)
  })

  it('is wanted only if the message does not show it, and toggled by what the viewer sees', async () => {
    const { store, requests } = await started()
    const known = { ...message, reactions: [{ emoji: '👍', count: 2, userIds: ['u2', ada.id] }] }
    void store.want(known, reaction('👍'))
    expect(requests).toEqual([])
    void store.want({ ...message, reactions: [] }, reaction('👍'))
    store.toggleReaction({ ...known, id: 'm2' }, '👍')
    expect(requests.map(({ messageId, change }) => [messageId, change])).toEqual([
      ['m1', reaction('👍')],
      ['m2', reaction('👍', false)],
    ])
  })

  it('does not wait for another one of the message', async () => {
    const { store, requests, answer, waiting } = await started()
    store.toggleReaction(message, '👍')
    store.toggleReaction(message, '🎉')
    expect(requests).toHaveLength(2)
    await answer(finished)
    expect(waiting()).toEqual([reaction('🎉')])
  })

  it('disappears when it is refused, and says why until the next one of its kind', async () => {
    const { store, answer, waiting, failed, kept } = await started()
    store.toggleReaction(message, '👍')
    await answer({ kind: 'refused', reason: 'Too many.' })
    expect([waiting(), kept.size]).toEqual([[], 0])
    expect(failed()).toMatchObject([{ problem: 'Too many.' }])
    store.toggleReaction(message, '🎉')
    expect(failed()).toEqual([])
  })

  it('is not sent after the end', async () => {
    const { store, requests, answer } = await started()
    store.toggleReaction(message, '👍')
    store.close()
    await answer(unanswered)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(requests).toHaveLength(1)
  })
})

describe('a patient change', () => {
  it('is repeated as the same one when there was no answer, and at once when the connection is back', async () => {
    const { store, requests, answer } = await started()
    store.toggleReaction(message, '👍')
    await answer(unanswered)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(requests.map(({ clientId }) => clientId)).toEqual(['k1', 'k1'])
    await answer(unanswered)
    store.wake()
    expect(requests).toHaveLength(3)
    await answer(finished)
    expect(store.get().size).toBe(0)
  })

  it('is sent by the next tab when this one was closed without an answer', async () => {
    const stored = { ...base, change: reaction('👍'), clientId: 'before' }
    const { requests, waiting } = await started([stored])
    expect(waiting()).toEqual([reaction('👍')])
    expect(requests).toEqual([stored])
  })
})

describe('an impatient change, as a deletion,', () => {
  const deletion = { kind: 'delete' } as const

  it('that is not done shows the message again, with the reason, and is tried again as the same', async () => {
    const { store, requests, answer, failed, shown } = await started()
    for (const attempt of [0, 1, 2]) {
      // Again by the button, and by wanting it anew.
      const [known] = failed()
      const removing = attempt === 1 && known ? store.retry(known) : store.want(message, deletion)
      expect(shown()).toEqual(['', 'text 2'])
      await answer(unanswered)
      await removing
      expect([failed()[0]?.problem, shown()]).toEqual(['No answer.', ['text 1', 'text 2']])
    }
    expect(new Set(requests.map(({ clientId }) => clientId))).toEqual(new Set(['k1']))
    const [known] = failed()
    if (known !== undefined) store.dismiss(known)
    expect(store.get().size).toBe(0)
  })

  it('is not kept beyond the tab, nor sent twice while it is under way', async () => {
    const { store, requests, kept } = await started()
    void store.want(message, deletion)
    void store.want(message, deletion)
    const [pending] = store.get().get('m1') ?? []
    if (pending !== undefined) void store.retry(pending)
    store.wake()
    expect([requests.length, kept.size]).toEqual([1, 0])
  })

  it('that was done after all is forgotten', async () => {
    const { store, answer, failed } = await started()
    void store.want(message, deletion)
    await answer(unanswered)
    store.settle(sent)
    expect(failed()).toHaveLength(1)
    const gone = messageDeleted(3, message)
    store.settle([{ ...messageSent(1), message: 'message' in gone ? gone.message : message }])
    expect(store.get().size).toBe(0)
  })
})
