import { fakeStorage } from '../../testing/fake-storage'
import { people } from '../people/people'
import { presumed, recognised, sessionEnded, sessionStore, signedOut } from './session-store'

const ada = { id: 'a', username: 'ada', displayName: 'Ada' }

/** The state after a reload: the storage, and no known session. */
const reload = () => sessionStore.set({ status: 'unknown' })

describe('the session on this device', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    kept.clear()
    Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage(kept), configurable: true })
    reload()
  })

  it('is that of the last user while accounts are unavailable', () => {
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
  ])('is empty after a user %s', (_how, end) => {
    recognised(ada)
    end()
    reload()
    presumed()
    expect(sessionStore.get()).toEqual({ status: 'unknown' })
  })

  it('is not presumed when the server has answered', () => {
    recognised(ada)
    sessionEnded()
    presumed()
    expect(sessionStore.get().status).toBe('signed-out')
  })

  it.each(['{', '7', '{"id":1}'])('is unknown when the storage has %s', (text) => {
    kept.set('parley:viewer', text)
    presumed()
    expect(sessionStore.get()).toEqual({ status: 'unknown' })
  })
})
