import { ada, bob, messageSent } from '../../../testing/timeline-log'
import type { DeletionOutcome, DeletionRequest } from './deletion-store'
import { DeletionStore, doomedIn, withDeletions } from './deletion-store'
import type { Message, TimelineEvent } from './events'
import { Lines } from './lines'

const sent = [messageSent(1), messageSent(2)]
const [{ message }] = sent as [(typeof sent)[number]]
const event: TimelineEvent = {
  ...messageSent(3),
  type: 'MessageDeleted',
  line: null,
  message: { ...message, version: 3, text: '', deletedAt: messageSent(3).at, deletedById: ada.id },
}

function opened() {
  const requests: DeletionRequest[] = []
  const answers: ((outcome: DeletionOutcome) => void)[] = []
  const removed: TimelineEvent[] = []
  let ids = 0
  const deletions = new DeletionStore({
    remove: (request) => {
      requests.push(request)
      return new Promise((resolve) => answers.push(resolve))
    },
    removed: (_conversationId, one) => void removed.push(one),
    newId: () => `k${++ids}`,
  })
  deletions.ask(message, true)
  const shown = () =>
    withDeletions(sent, deletions.get(), ada.id).map((one) => (one.type === 'MessageSent' ? one.message.text : null))
  return { deletions, requests, answers, removed, shown }
}

describe('a deletion', () => {
  it('is asked for first, shows at once, and is over when the server has answered', async () => {
    const { deletions, requests, answers, removed, shown } = opened()
    expect([doomedIn(Lines.of(sent), deletions.get().asked), requests]).toEqual([message, []])
    expect(shown()).toEqual(['text 1', 'text 2'])
    const removing = deletions.confirm()
    expect([deletions.get().asked, shown()]).toEqual([null, ['', 'text 2']])
    expect(requests).toEqual([{ conversationId: 'c', messageId: 'm1', clientId: 'k1' }])
    answers[0]?.({ event })
    await removing
    expect([removed, deletions.get().confirmed.size]).toEqual([[event], 0])
  })

  it('that is not done shows the message again, with the reason, and is tried again as the same', async () => {
    const { deletions, requests, answers, shown } = opened()
    for (const attempt of [0, 1, 2]) {
      // Again by the button, and by asking anew.
      if (attempt === 2) deletions.ask(message, true)
      const removing = attempt === 1 ? deletions.retry('m1') : deletions.confirm()
      expect(shown()).toEqual(['', 'text 2'])
      answers[attempt]?.({ problem: 'No answer.' })
      await removing
      expect([deletions.get().confirmed.get('m1')?.problem, shown()]).toEqual(['No answer.', ['text 1', 'text 2']])
    }
    expect(new Set(requests.map(({ clientId }) => clientId))).toEqual(new Set(['k1']))
    deletions.dismiss('m1')
    expect(deletions.get().confirmed.size).toBe(0)
  })

  it('is not done when it is not confirmed, and only once when it is', async () => {
    const { deletions, requests } = opened()
    deletions.cancel()
    await deletions.confirm()
    expect(requests).toEqual([])
    deletions.ask(message, false)
    void deletions.confirm()
    void deletions.confirm()
    void deletions.retry('m1')
    expect(requests).toHaveLength(1)
  })

  it('is asked about the message as it is now, and no more when others have deleted it', () => {
    const { deletions } = opened()
    const { asked } = deletions.get()
    const changed = (change: Partial<Message>) =>
      Lines.of([{ ...messageSent(1), message: { ...message, ...change } }, messageSent(2)])
    expect(JSON.stringify(asked)).not.toContain(message.text)
    expect(doomedIn(changed({ text: 'edited' }), asked)?.text).toBe('edited')
    expect(doomedIn(changed({ text: '', deletedAt: messageSent(3).at, deletedById: bob.id }), asked)).toBeNull()
    expect([Lines.none, Lines.of([messageSent(5, 1)])].map((lines) => doomedIn(lines, asked))).toEqual([null, null])
  })

  it('leaves alone what others have deleted meanwhile', () => {
    const { deletions } = opened()
    void deletions.confirm()
    const gone = { ...message, text: '', deletedAt: messageSent(3).at, deletedById: bob.id }
    const events = [{ ...messageSent(1), message: gone }]
    expect(withDeletions(events, deletions.get(), ada.id)).toEqual(events)
  })
})
