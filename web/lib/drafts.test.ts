import { fakeDevice } from '../testing/fake-storage'
import { draftOf } from './drafts'

describe('a draft', () => {
  it('is kept on the device until there is nothing in it', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const draft = draftOf('ada', 'kept')
    draft.set('Hello')
    expect([...kept.values()]).toEqual(['Hello'])
    draft.set('')
    expect(kept.size).toBe(0)
  })

  it('takes back what is to be changed, before what has been typed since', () => {
    fakeDevice(new Map())
    const draft = draftOf('ada', 'back')
    draft.putBack('first')
    expect(draft.get()).toBe('first')
    draft.putBack('earlier')
    expect(draft.get()).toBe('earlier\nfirst')
  })

  it('goes on with what another tab made of it, and keeps its own where the device keeps nothing', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const draft = draftOf('ada', 'tabs')
    draft.set('Hello')
    for (const key of kept.keys()) kept.set(key, 'Hello there')
    draft.reread()
    expect(draft.get()).toBe('Hello there')
    kept.clear()
    draft.reread()
    expect(draft.get()).toBe('Hello there')
  })
})
