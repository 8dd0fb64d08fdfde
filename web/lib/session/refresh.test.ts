import { fakeDevice } from '../../testing/fake-storage'
import { refreshSession } from './refresh'
import { recognised, sessionStore } from './session-store'

const ada = { id: 'a', username: 'ada', displayName: 'Ada' }
const refreshed = () => Response.json({ data: { refreshSession: { accessTokenExpiresAt: 'later' } } })
const refused = (code: string) => () => Response.json({ data: null, errors: [{ message: '', extensions: { code } }] })
const lost = () => Promise.reject(new TypeError('Failed to fetch'))
const proxyPage = () => new Response('<html>', { status: 502 })

/** Answers one request after the other; the last answer is repeated. */
function server(...answers: (() => Response | Promise<Response>)[]) {
  const asked = jest.spyOn(globalThis, 'fetch')
  for (const answer of answers) asked.mockImplementationOnce(async () => answer())
  asked.mockImplementation(async () => (answers.at(-1) ?? lost)())
  return asked
}

async function outcome(): Promise<string> {
  const waiting = refreshSession()
  await jest.advanceTimersByTimeAsync(60_000)
  return waiting
}

describe('refreshing the session', () => {
  beforeEach(() => {
    jest.useFakeTimers()
    fakeDevice(new Map())
    recognised(ada)
  })
  afterEach(() => {
    jest.restoreAllMocks()
    jest.useRealTimers()
  })

  it.each([
    ['lost on the way', lost],
    ['a page of a proxy', proxyPage],
    ['UNAVAILABLE', refused('UNAVAILABLE')],
    ['OUTCOME_UNKNOWN', refused('OUTCOME_UNKNOWN')],
  ])('goes on when the first answer is %s and the next one is good', async (_what, first) => {
    const asked = server(first, refreshed)
    expect(await outcome()).toBe('refreshed')
    expect(asked).toHaveBeenCalledTimes(2)
    expect(sessionStore.get().status).toBe('signed-in')
  })

  it('gives up for now, without signing out, when there is no answer at all', async () => {
    const asked = server(lost)
    expect(await outcome()).toBe('unreachable')
    expect(asked).toHaveBeenCalledTimes(4)
    expect(sessionStore.get()).toEqual({ status: 'signed-in', viewer: ada })
  })

  it('does not retry when it is rate limited', async () => {
    const asked = server(refused('RATE_LIMITED'))
    expect(await outcome()).toBe('unreachable')
    expect(asked).toHaveBeenCalledTimes(1)
    expect(sessionStore.get().status).toBe('signed-in')
  })

  it('ends when the server reports that the session is over', async () => {
    const asked = server(lost, refused('UNAUTHENTICATED'))
    expect(await outcome()).toBe('ended')
    expect(asked).toHaveBeenCalledTimes(2)
    expect(sessionStore.get()).toEqual({ status: 'signed-out', because: 'ended' })
  })

  it('sends one request for all concurrent callers', async () => {
    const asked = server(refreshed)
    expect(await Promise.all([outcome(), refreshSession()])).toEqual(['refreshed', 'refreshed'])
    expect(asked).toHaveBeenCalledTimes(1)
  })
})
