import { fakeDevice } from '../../testing/fake-storage'

const answer = (body: object) => () => Promise.resolve(Response.json(body))
const done = answer({ data: { logOut: { ok: true } } })
const away = answer({
  data: { logOut: null },
  errors: [{ message: '', extensions: { category: 'temporary', code: 'UNAVAILABLE' } }],
})
const lost = () => Promise.reject(new TypeError('Failed to fetch'))
const proxyPage = () => Promise.resolve(new Response('<html>', { status: 502 }))

describe('signing out', () => {
  const kept = new Map<string, string>()
  let asked: jest.SpyInstance<Promise<Response>>

  beforeEach(() => {
    jest.useFakeTimers()
    kept.clear()
    fakeDevice(kept)
    asked = jest.spyOn(globalThis, 'fetch')
  })
  afterEach(() => {
    jest.restoreAllMocks()
    jest.useRealTimers()
  })

  /** A reloaded page: it has what the device stores. */
  async function load() {
    jest.resetModules()
    const { sessionStore } = await import('./session-store')
    return { sessionStore, ...(await import('./sign-out')) }
  }

  it('is shown at once, and ends when the server acknowledges it', async () => {
    asked.mockImplementation(done)
    const { signOut, signOutStore, sessionStore } = await load()
    signOut()
    expect(sessionStore.get()).toEqual({ status: 'signed-out' })
    expect(signOutStore.get()).toBe('telling')
    await jest.advanceTimersByTimeAsync(0)
    expect(signOutStore.get()).toBe('none')
    expect(asked).toHaveBeenCalledTimes(1)
    expect((await load()).signOutStore.get()).toBe('none')
  })

  it.each([
    ['accounts are away', away],
    ['the answer is lost', lost],
    ['a proxy answers', proxyPage],
  ])('goes on for as long as %s, and says so', async (_what, first) => {
    asked.mockImplementationOnce(first).mockImplementationOnce(first).mockImplementation(done)
    const { signOut, signOutStore } = await load()
    signOut()
    await jest.advanceTimersByTimeAsync(0)
    expect(signOutStore.get()).toBe('waiting')
    await jest.advanceTimersByTimeAsync(60_000)
    expect(signOutStore.get()).toBe('none')
    expect(asked).toHaveBeenCalledTimes(3)
  })

  it('is finished by the next page when this one was closed', async () => {
    asked.mockImplementation(lost)
    const closed = await load()
    closed.signOut()
    await jest.advanceTimersByTimeAsync(0)
    jest.clearAllTimers()
    const next = await load()
    expect(next.signOutStore.get()).toBe('telling')
    expect(await next.finishSignOut()).toBe(false)
    asked.mockImplementation(done)
    expect(await next.finishSignOut()).toBe(true)
  })

  it('does not end the session of a user who signed in after another tab finished it', async () => {
    asked.mockImplementation(lost)
    const { signOut, finishSignOut } = await load()
    signOut()
    await jest.advanceTimersByTimeAsync(0)
    kept.delete('parley:signing-out')
    asked.mockClear()
    expect(await finishSignOut()).toBe(true)
    expect(asked).not.toHaveBeenCalled()
  })
})
