import { Failure } from '../graphql/errors'
import type { LiveSink } from '../graphql/live'
import type { PresencePartsFragment, PresenceSubscription } from './__generated__/presence'
import { maxFollowed, PresenceFollower } from './presence-follower'
import { PresenceStore } from './presence-store'

interface Opened {
  readonly ids: readonly string[]
  readonly isActive: () => boolean
  readonly sink: LiveSink<PresenceSubscription>
  isStopped: boolean
}

const person = (userId: string, state: PresencePartsFragment['state'] = 'ONLINE'): PresencePartsFragment => ({
  userId,
  state,
  lastSeenAt: null,
  isHidden: null,
  status: null,
})

describe('following the people on the screen', () => {
  let opened: Opened[]
  let store: PresenceStore
  let follower: PresenceFollower
  const newest = (): Opened => opened.at(-1) as Opened
  const frame = (people: readonly PresencePartsFragment[], refused: readonly string[] = []): PresenceSubscription => ({
    presence: { people: [...people], refused: refused.map((userId) => ({ userId })) },
  })

  beforeEach(() => {
    jest.useFakeTimers()
    jest.spyOn(Math, 'random').mockReturnValue(0.5)
    opened = []
    store = new PresenceStore()
    follower = new PresenceFollower({
      store,
      open: (ids, isActive, sink) => {
        const stream: Opened = { ids, isActive, sink, isStopped: false }
        opened.push(stream)
        return () => {
          stream.isStopped = true
          sink.ended(null)
        }
      },
    })
  })
  afterEach(() => {
    follower.close()
    expect(opened.every(({ isStopped }) => isStopped)).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
    jest.restoreAllMocks()
  })

  it('begins at once, and again when somebody new is wanted, gathered', () => {
    follower.want(['me', 'ann'])
    expect(newest().ids).toEqual(['me', 'ann'])
    follower.want(['me'])
    follower.want(['me', 'ann', 'ben'])
    follower.want(['me', 'ann', 'ben', 'cem'])
    expect(opened).toHaveLength(1)
    jest.advanceTimersByTime(500)
    expect(opened.map(({ ids, isStopped }) => [ids.length, isStopped])).toEqual([
      [2, true],
      [4, false],
    ])
  })

  it('follows a bounded number, the first ones', () => {
    const many = Array.from({ length: 2 * maxFollowed }, (_, index) => `p${index}`)
    follower.want(['p3', ...many])
    expect(newest().ids).toEqual(['p3', ...many.filter((id) => id !== 'p3')].slice(0, maxFollowed))
  })

  it('says when the device becomes idle: the new stream begins before the old one ends', () => {
    follower.want(['me'])
    expect(newest().isActive()).toBe(true)
    follower.setActive(true)
    expect(opened).toHaveLength(1)
    follower.setActive(false)
    expect(opened.map(({ isStopped }) => isStopped)).toEqual([true, false])
    expect(newest().isActive()).toBe(false)
  })

  it('knows what the frames say, and nobody who is refused or whose stream has ended', () => {
    follower.want(['ann', 'ben'])
    newest().sink.data(frame([person('ann'), person('ben', 'AWAY')]))
    newest().sink.data(frame([person('ann', 'OFFLINE')], ['ben']))
    expect([...store.get().values()]).toEqual([person('ann', 'OFFLINE')])
    newest().sink.ended(new Failure('temporary', 'UNAVAILABLE'))
    expect(store.get().size).toBe(0)
  })

  it('begins again after a temporary end, later each time, and not after a refusal', () => {
    follower.want(['ann'])
    for (let count = 2; count < 5; count += 1) {
      newest().sink.ended(new Failure('temporary', 'UNAVAILABLE'))
      // Others may be wanted meanwhile: that hurries nothing.
      follower.want(['ann', `p${count}`])
      jest.advanceTimersByTime(60_000)
      expect(opened).toHaveLength(count)
    }
    newest().sink.ended(new Failure('input', 'INVALID_INPUT'))
    jest.advanceTimersByTime(600_000)
    expect(opened).toHaveLength(4)
  })

  it('hears nothing of a stream that was replaced', () => {
    follower.want(['ann'])
    const before = newest()
    follower.setActive(false)
    before.sink.data(frame([person('ann')]))
    before.sink.ended(new Failure('temporary', 'UNAVAILABLE'))
    expect([store.get().size, opened.length]).toEqual([0, 2])
  })
})
