import { messageEdited, messageSent } from '../../../testing/timeline-log'
import type { EditOutcome, EditRequest } from './edit-store'
import { EditStore } from './edit-store'

const { message } = messageSent(1)
const event = messageEdited(2, { ...message, version: 2, text: 'better' })

function opened() {
  const requests: EditRequest[] = []
  const answers: ((outcome: EditOutcome) => void)[] = []
  const saved: string[] = []
  let ids = 0
  const edits = new EditStore({
    save: (request) => {
      requests.push(request)
      return new Promise((resolve) => answers.push(resolve))
    },
    saved: (conversationId) => void saved.push(conversationId),
    newId: () => `k${++ids}`,
  })
  edits.begin(message)
  return { edits, requests, answers, saved }
}

describe('an edit', () => {
  it('begins with the text as it is, is saved, and is over', async () => {
    const { edits, requests, answers, saved } = opened()
    expect(edits.get()).toMatchObject({ messageId: message.id, text: message.text, problem: null })
    edits.change('better\n')
    const saving = edits.save()
    expect(edits.get()?.isSaving).toBe(true)
    void edits.save()
    answers[0]?.({ conversationId: 'c', event })
    await saving
    expect(requests).toEqual([{ messageId: message.id, clientId: 'k2', text: 'better' }])
    expect(saved).toEqual(['c'])
    expect(edits.get()).toBeNull()
  })

  it('stays open with the reason when it is not saved, and is tried again as the same edit until the text changes', async () => {
    const { edits, requests, answers } = opened()
    edits.change('better')
    for (const attempt of [0, 1]) {
      const saving = edits.save()
      answers[attempt]?.({ problem: 'No answer.' })
      await saving
      expect(edits.get()).toMatchObject({ text: 'better', isSaving: false, problem: 'No answer.' })
    }
    edits.change('best')
    expect(edits.get()?.problem).toBeNull()
    void edits.save()
    const ids = requests.map(({ clientId }) => clientId)
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false])
  })

  it('sends nothing when nothing changed, and is left by cancelling', async () => {
    const { edits, requests } = opened()
    await edits.save()
    expect(edits.get()).toBeNull()
    edits.begin(message)
    edits.change('other')
    edits.cancel()
    expect(edits.get()).toBeNull()
    expect(requests).toEqual([])
  })

  it('hands on what was saved after it was left, and leaves the next edit alone', async () => {
    const { edits, answers, saved } = opened()
    edits.change('better')
    const saving = edits.save()
    edits.cancel()
    edits.begin(messageSent(5).message)
    answers[0]?.({ conversationId: 'c', event })
    await saving
    expect(saved).toEqual(['c'])
    expect(edits.get()?.messageId).toBe('m5')
  })
})
