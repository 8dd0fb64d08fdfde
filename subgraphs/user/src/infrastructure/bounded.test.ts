import type { DomainError } from '@parley/kernel/errors'
import { Bounded } from './bounded'

describe('Bounded', () => {
  it('never runs more than its width and finishes all of it', async () => {
    const bounded = new Bounded(2, 100, 1_000)
    let running = 0
    let most = 0
    const work = async (): Promise<void> => {
      running += 1
      most = Math.max(most, running)
      await new Promise(setImmediate)
      running -= 1
    }
    await Promise.all(Array.from({ length: 20 }, () => bounded.run(work)))
    expect({ running, most }).toEqual({ running: 0, most: 2 })
  })

  it('sends away who comes when too many wait, and serves on', async () => {
    const bounded = new Bounded(1, 1, 1_000)
    const release: (() => void)[] = []
    const held = () => bounded.run(() => new Promise<void>((resolve) => release.push(resolve)))
    const [first, second] = [held(), held()]
    await expect(held()).rejects.toEqual(
      expect.objectContaining({ code: 'UNAVAILABLE' } satisfies Partial<DomainError>),
    )
    release.shift()?.()
    await first
    await new Promise(setImmediate)
    release.shift()?.()
    await second
    expect(await bounded.run(() => Promise.resolve('again'))).toBe('again')
  })

  it('sends away who has waited too long, without having begun, and serves those behind', async () => {
    const bounded = new Bounded(1, 10, 20)
    const release: (() => void)[] = []
    const first = bounded.run(() => new Promise<void>((resolve) => release.push(resolve)))
    let begun = false
    await expect(bounded.run(async () => (begun = true))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    const next = bounded.run(() => Promise.resolve('next'))
    release[0]?.()
    await first
    expect(await next).toBe('next')
    expect(begun).toBe(false)
  })

  it('gives the place of work that fails to the next', async () => {
    const bounded = new Bounded(1, 10, 1_000)
    const failing = bounded.run(() => Promise.reject(new Error('no')))
    const next = bounded.run(() => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
