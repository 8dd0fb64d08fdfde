import { Semaphore } from './semaphore'

class TooMany extends Error {}
const room = { places: 10, patienceMs: 1_000, refusal: () => new TooMany() }

/** A task that runs until the test finishes it. */
function held<Result = void>() {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  return { task: () => promise, finish: resolve, fail: reject }
}

describe('a semaphore', () => {
  it('never runs more than its width and finishes all of it', async () => {
    const semaphore = new Semaphore(2)
    let running = 0
    let most = 0
    const task = async (): Promise<void> => {
      running += 1
      most = Math.max(most, running)
      await new Promise(setImmediate)
      running -= 1
    }
    await Promise.all(Array.from({ length: 20 }, () => semaphore.run(task)))
    expect({ running, most }).toEqual({ running: 0, most: 2 })
  })

  it.each([
    ['without a waiting room', undefined],
    ['with one', room],
  ])('%s runs in the order of arrival, and gives the place of a task that fails to the next', async (_what, given) => {
    const semaphore = new Semaphore(2, given)
    const started: number[] = []
    const tasks = [0, 1, 2, 3].map(() => held<number>())
    const results = tasks.map(({ task }, n) =>
      semaphore.run(() => {
        started.push(n)
        return task()
      }),
    )
    expect(started).toEqual([0, 1])
    tasks[1]?.fail(new Error('failed'))
    await expect(results[1]).rejects.toThrow('failed')
    expect(started).toEqual([0, 1, 2])
    tasks[0]?.finish(0)
    await results[0]
    expect(started).toEqual([0, 1, 2, 3])
    tasks[2]?.finish(2)
    tasks[3]?.finish(3)
    expect(await Promise.all([results[2], results[3]])).toEqual([2, 3])
  })

  it('refuses a task when too many wait, and continues', async () => {
    const semaphore = new Semaphore(1, { ...room, places: 1 })
    const [first, second] = [held(), held()]
    const running = [semaphore.run(first.task), semaphore.run(second.task)]
    await expect(semaphore.run(held().task)).rejects.toThrow(TooMany)
    first.finish()
    second.finish()
    await Promise.all(running)
    expect(await semaphore.run(() => Promise.resolve('again'))).toBe('again')
  })

  it('refuses a task that has waited too long, without starting it, and runs the next', async () => {
    const semaphore = new Semaphore(1, { ...room, patienceMs: 20 })
    const first = held()
    const running = semaphore.run(first.task)
    let begun = false
    await expect(semaphore.run(async () => (begun = true))).rejects.toThrow(TooMany)
    const next = semaphore.run(() => Promise.resolve('next'))
    first.finish()
    await running
    expect(await next).toBe('next')
    expect(begun).toBe(false)
  })
})
