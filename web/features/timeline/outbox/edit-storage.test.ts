import { clearDrafts } from '../../../lib/drafts'
import { fakeDevice } from '../../../testing/fake-storage'
import { messageSent } from '../../../testing/timeline-log'
import { editStorage } from './edit-storage'

const { message } = messageSent(1)
const edit = { message, threadId: null, text: 'half written' }

describe('an edit on the device', () => {
  it('is there after a reload, for whoever wrote it, until it is over or they sign out', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const storage = editStorage('ada')
    expect(storage.load()).toBeNull()
    storage.save(edit)
    expect([editStorage('ada').load(), editStorage('bob').load()]).toEqual([edit, null])
    storage.save(null)
    expect(kept.size).toBe(0)
    storage.save(edit)
    Object.assign(localStorage, Object.fromEntries(kept))
    clearDrafts('ada')
    expect(kept.size).toBe(0)
  })

  it('is none when what the device keeps is of another shape', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    editStorage('ada').save(edit)
    const [key = ''] = kept.keys()
    const loaded = ['{"message":', '{"text":"half"}', '{"message":{"id":"m1"},"text":"half"}', '7'].map((text) => {
      kept.set(key, text)
      return editStorage('ada').load()
    })
    expect(loaded).toEqual([null, null, null, null])
  })
})
