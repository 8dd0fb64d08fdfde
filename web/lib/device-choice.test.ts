import { fakeStorage } from '../testing/fake-storage'
import { DeviceChoice } from './device-choice'

const pages = ['plain', 'lined', 'squared'] as const
const choose = () => new DeviceChoice('page', pages)

describe('a choice on the device', () => {
  const kept = new Map<string, string>()
  let changed: ((event: { key: string | null }) => void)[] = []

  beforeEach(() => {
    kept.clear()
    changed = []
    const window = { addEventListener: (_type: string, listener: (typeof changed)[number]) => changed.push(listener) }
    Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage(kept), configurable: true })
    Object.defineProperty(globalThis, 'window', { value: window, configurable: true })
  })
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'window')
  })

  it('is the first one until another is made, and is kept', () => {
    expect(choose().get()).toBe('plain')
    choose().set('lined')
    expect(choose().get()).toBe('lined')
    choose().set('plain')
    expect(kept.size).toBe(0)
  })

  it.each(['', 'dotted', '{"a":1}'])('is the first one when the device has %j', (text) => {
    kept.set('page', text)
    expect(choose().get()).toBe('plain')
  })

  it('follows other tabs', () => {
    const choice = choose()
    kept.set('page', 'squared')
    for (const tell of changed) tell({ key: 'page' })
    expect(choice.get()).toBe('squared')
  })

  it('holds for the tab when the device keeps nothing', () => {
    const refuse = () => {
      throw new Error('QuotaExceededError')
    }
    const value = { getItem: refuse, setItem: refuse, removeItem: refuse }
    Object.defineProperty(globalThis, 'localStorage', { value, configurable: true })
    const choice = choose()
    choice.set('lined')
    expect(choice.get()).toBe('lined')
  })
})
