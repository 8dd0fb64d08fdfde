import { once } from './once'

describe('what is loaded once', () => {
  it('is loaded when it is first asked for, and not again', async () => {
    let loads = 0
    const load = once(async () => (loads += 1))
    expect(loads).toBe(0)
    expect(await Promise.all([load(), load()])).toEqual([1, 1])
    expect(await load()).toBe(1)
  })

  it('is tried again after a failure', async () => {
    const answers = [Promise.reject(new Error('offline')), Promise.resolve('loaded')]
    const load = once(() => answers.shift() ?? Promise.reject(new Error('asked too often')))
    await expect(load()).rejects.toThrow('offline')
    expect(await load()).toBe('loaded')
  })
})
