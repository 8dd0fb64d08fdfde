import { fakeStorage } from '../../testing/fake-storage'
import { people } from '../people/people'
import { presumed, recognised, sessionEnded, sessionStore, signedOut } from './session-store'

const ada = { id: 'a', username: 'ada', displayName: 'Ada' }

/** What a reload leaves: the storage, and nobody known. */
const reload = () => sessionStore.set({ status: 'unknown' })

describe('the session on this device', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    kept.clear()
    Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage(kept), configurable: true })
    reload()
  })

  it('is that of who was here last while accounts cannot be reached', () => {
    recognised(ada)
    reload()
    people.forget()
    presumed()
    expect(sessionStore.get()).toEqual({ status: 'signed-in', viewer: ada })
    expect(people.get().get('a')).toEqual(ada)
  })

  it.each([
    ['left', signedOut],
    ['was signed out by the server', sessionEnded],
  ])('is nobody’s after somebody %s', (_how, end) => {
    recognised(ada)
    end()
    reload()
    presumed()
    expect(sessionStore.get()).toEqual({ status: 'unknown' })
  })

  it('is not presumed over what the server has said', () => {
    recognised(ada)
    sessionEnded()
    presumed()
    expect(sessionStore.get().status).toBe('signed-out')
  })

  it.each(['{', '7', '{"id":1}'])('is unknown when the device keeps %s', (text) => {
    kept.set('parley:viewer', text)
    presumed()
    expect(sessionStore.get()).toEqual({ status: 'unknown' })
  })
})
