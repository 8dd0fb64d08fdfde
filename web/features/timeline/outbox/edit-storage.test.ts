import { clearDrafts } from '../../../lib/drafts'
import { fakeDevice } from '../../../testing/fake-storage'
import { messageSent } from '../../../testing/timeline-log'
import { editStorage } from './edit-storage'

const { message } = messageSent(1)
const edit = { message, threadId: null, text: 'half written' }
const other = { message: messageSent(2).message, threadId: 'm1', text: 'another' }
const edits = { open: edit, aside: [other] }
const none = { open: null, aside: [] }

describe('an edit on the device', () => {
  it('is there after a reload, for whoever wrote it, until it is over or they sign out', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const storage = editStorage('ada')
    expect(storage.load()).toEqual(none)
    storage.save(edits)
    expect([editStorage('ada').load(), editStorage('bob').load()]).toEqual([edits, none])
    storage.save({ open: null, aside: [other] })
    expect(editStorage('ada').load()).toEqual({ open: null, aside: [other] })
    storage.save(none)
    expect(kept.size).toBe(0)
    storage.save(edits)
    Object.assign(localStorage, Object.fromEntries(kept))
    clearDrafts('ada')
    expect(kept.size).toBe(0)
  })

  it('is none when what the device keeps is of another shape', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    editStorage('ada').save(edits)
    const [key = ''] = kept.keys()
    const texts = ['{"open":', '{"text":"half"}', '{"open":{"message":{"id":"m1"},"text":"half"},"aside":7}', '7']
    const loaded = texts.map((text) => {
      kept.set(key, text)
      return editStorage('ada').load()
    })
    expect(loaded).toEqual([none, none, none, none])
    kept.set(key, JSON.stringify({ open: {}, aside: [{ text: 'half' }, other] }))
    expect(editStorage('ada').load()).toEqual({ open: null, aside: [other] })
  })
})
