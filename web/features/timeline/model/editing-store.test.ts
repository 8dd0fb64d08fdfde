import { ada, messageEdited, messageSent } from '../../../testing/timeline-log'
import { type ChangeOutcome, ChangeStore } from './change-store'
import type { PendingChange } from './changes'
import { type Edits, EditingStore, pendingEdit } from './editing-store'

const { message } = messageSent(1)
const finished: ChangeOutcome = {
  kind: 'done',
  event: messageEdited(2, { ...message, version: 2, text: 'better' }),
  message: null,
}

async function opened() {
  const requests: PendingChange[] = []
  const answers: ((outcome: ChangeOutcome) => void)[] = []
  const saved: string[] = []
  let ids = 0
  const changes = new ChangeStore({
    viewerId: ada.id,
    storage: { load: async () => [], save: async () => undefined, remove: async () => undefined },
    send: (pending) => {
      requests.push(pending)
      return new Promise((resolve) => answers.push(resolve))
    },
    done: (conversationId) => void saved.push(conversationId),
    learned: () => undefined,
    confirmed: () => undefined,
    newId: () => `k${++ids}`,
  })
  await changes.start()
  let kept: Edits = { open: null, aside: [] }
  const storage = { load: () => kept, save: (all: Edits) => void (kept = all) }
  const edits = new EditingStore(changes, storage)
  edits.begin(message, null)
  const reloaded = () => new EditingStore(changes, storage).get()
  const problem = () => pendingEdit(changes.get(), 'm1')?.problem
  return { changes, edits, requests, answers, saved, problem, reloaded }
}

describe('an edit', () => {
  it('begins with the text as it is, is saved once, and is over', async () => {
    const { changes, edits, requests, answers, saved } = await opened()
    expect(edits.get()).toEqual({ message, threadId: null, text: message.text })
    edits.change('better\n')
    const saving = edits.save()
    void edits.save()
    edits.change('too late')
    expect([edits.get()?.text, changes.shown(message).text]).toEqual(['better\n', 'better'])
    answers[0]?.(finished)
    await saving
    expect(requests).toMatchObject([{ messageId: 'm1', change: { kind: 'edit', text: 'better' }, clientId: 'k1' }])
    expect([saved, edits.get(), changes.get().size]).toEqual([['c'], null, 0])
  })

  it('stays open with the reason when it is not saved, and is tried again as the same edit until the text changes', async () => {
    const { edits, requests, answers, problem } = await opened()
    edits.change('better')
    for (const attempt of [0, 1]) {
      const saving = edits.save()
      expect(problem()).toBeNull()
      answers[attempt]?.({ kind: 'unknown', reason: 'No answer.' })
      await saving
      expect([edits.get()?.text, problem()]).toEqual(['better', 'No answer.'])
    }
    edits.change('best')
    expect(problem()).toBeUndefined()
    void edits.save()
    const ids = requests.map(({ clientId }) => clientId)
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false])
  })

  it('sends nothing when nothing changed, and is left by cancelling', async () => {
    const { edits, requests } = await opened()
    await edits.save()
    expect(edits.get()).toBeNull()
    edits.begin(message, null)
    edits.change('other')
    edits.cancel()
    expect(edits.get()).toBeNull()
    expect(requests).toEqual([])
  })

  it('is open in one of the lists that show its message, and moves with its text to the other', async () => {
    const { edits } = await opened()
    edits.change('better')
    edits.begin(message, 'm0')
    expect(edits.get()).toEqual({ message, threadId: 'm0', text: 'better' })
  })

  it('is open with its text after a reload, until it is saved or left', async () => {
    const { edits, answers, reloaded } = await opened()
    edits.change('half written')
    expect(reloaded()).toEqual({ message, threadId: null, text: 'half written' })
    edits.cancel()
    expect(reloaded()).toBeNull()
    edits.begin(message, 'm0')
    edits.change('better')
    const saving = edits.save()
    expect(reloaded()).toMatchObject({ threadId: 'm0', text: 'better' })
    answers[0]?.(finished)
    await saving
    expect(reloaded()).toBeNull()
  })

  it('is laid aside unfinished for another one, over a reload as well, and goes on where it stopped', async () => {
    const { edits, changes } = await opened()
    const [second, third] = [messageSent(5).message, messageSent(6).message]
    edits.change('half written')
    edits.begin(second, null)
    expect([edits.get()?.text, edits.aside.get()]).toEqual([
      second.text,
      [{ message, threadId: null, text: 'half written' }],
    ])
    // Nothing of it is to be kept.
    edits.begin(third, null)
    expect(edits.aside.get()).toHaveLength(1)
    edits.change('a third')
    edits.begin(message, 'm0')
    expect(edits.get()).toEqual({ message, threadId: 'm0', text: 'half written' })
    expect(edits.aside.get().map(({ text }) => text)).toEqual(['a third'])
    edits.discard('m6')
    edits.discard(message.id)
    expect([edits.get(), edits.aside.get(), changes.get().size]).toEqual([null, [], 0])
  })

  it('is not laid aside while it is being saved', async () => {
    const { edits, answers } = await opened()
    edits.change('better')
    const saving = edits.save()
    edits.begin(messageSent(5).message, null)
    expect(edits.aside.get()).toEqual([])
    answers[0]?.(finished)
    await saving
    expect(edits.get()?.message.id).toBe('m5')
  })

  it('hands on what was saved after it was left, and leaves the next edit alone', async () => {
    const { edits, answers, saved } = await opened()
    edits.change('better')
    const saving = edits.save()
    edits.cancel()
    edits.begin(messageSent(5).message, null)
    answers[0]?.(finished)
    await saving
    expect(saved).toEqual(['c'])
    expect(edits.get()?.message.id).toBe('m5')
  })
})
