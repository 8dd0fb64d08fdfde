import { newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { noSettings, type PresenceSettings } from '../domain/presence'
import { MemoryPresenceRecords, MemoryPresenceSettings } from '../testing/memory-presence'
import { presenceChanged } from './channels'
import { PresenceRoster } from './presence-roster'

describe('reads that overlap', () => {
  const ann = newUser()
  let channels: MemoryChannels
  let settings: MemoryPresenceSettings
  let roster: PresenceRoster
  let stop: () => void
  const isHidden = () => roster.known(ann)?.settings.isHidden
  const hint = async (change: 'devices' | 'settings') => {
    await channels.publish(presenceChanged, ann, change)
    await jest.advanceTimersByTimeAsync(0)
  }

  beforeEach(async () => {
    // DataLoader waits for the end of the tick.
    jest.useFakeTimers({ doNotFake: ['nextTick'] })
    channels = new MemoryChannels()
    settings = new MemoryPresenceSettings()
    roster = new PresenceRoster(new MemoryPresenceRecords(), settings, channels)
    const watched = roster.watch(ann, { changed: () => undefined, circleChanged: () => undefined })
    stop = watched.stop
    await jest.advanceTimersByTimeAsync(0)
    await watched.ready
    expect(isHidden()).toBe(false)
  })
  afterEach(async () => {
    stop()
    await jest.advanceTimersByTimeAsync(0)
    expect([roster.size, channels.topics, jest.getTimerCount()]).toEqual([0, 0, 0])
    jest.useRealTimers()
  })

  it('let nobody who begins to follow go on before the person is known', async () => {
    const ben = newUser()
    const answers: (() => void)[] = []
    jest.spyOn(settings, 'read').mockImplementation((ids) => {
      return new Promise((resolve) => answers.push(() => resolve(ids.map(() => noSettings))))
    })
    const { ready, stop: leave } = roster.watch(ben, { changed: () => undefined, circleChanged: () => undefined })
    let known: unknown = 'not ready'
    void ready.then(() => (known = roster.known(ben)))
    await jest.advanceTimersByTimeAsync(0)
    await channels.publish(presenceChanged, ben, 'settings')
    await jest.advanceTimersByTimeAsync(0)
    answers[0]?.()
    await jest.advanceTimersByTimeAsync(0)
    expect(known).toBe('not ready')
    answers[1]?.()
    await jest.advanceTimersByTimeAsync(0)
    expect(known).toMatchObject({ settings: noSettings })
    leave()
  })

  it('know that somebody hid although a later read was for their devices', async () => {
    let answer: (read: readonly PresenceSettings[]) => void = () => undefined
    jest.spyOn(settings, 'read').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
    await settings.setHidden(ann, true)
    await hint('settings')
    await hint('devices')
    answer([noSettings])
    await jest.advanceTimersByTimeAsync(0)
    expect(isHidden()).toBe(true)
  })

  it('know that somebody hid although it could not be read, nor at the next change of their devices', async () => {
    const reads = jest.spyOn(settings, 'read')
    reads.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'))
    await settings.setHidden(ann, true)
    await hint('settings')
    await hint('devices')
    expect(isHidden()).toBe(false)
    await jest.advanceTimersByTimeAsync(5_000)
    expect(isHidden()).toBe(true)
    await hint('devices')
    expect(reads).toHaveBeenCalledTimes(3)
  })

  it('know it from the next change of their devices already', async () => {
    jest.spyOn(settings, 'read').mockRejectedValueOnce(new Error('away'))
    await settings.setHidden(ann, true)
    await hint('settings')
    await hint('devices')
    expect(isHidden()).toBe(true)
  })
})
