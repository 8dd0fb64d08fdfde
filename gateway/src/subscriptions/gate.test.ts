import { Gate } from './gate'

test('so many run at one time, the rest in the order in which they came, and a failure frees its place', async () => {
  const gate = new Gate(2)
  const started: number[] = []
  const finish: ((error?: Error) => void)[] = []
  const tasks = [0, 1, 2, 3].map((n) =>
    gate.run(() => {
      started.push(n)
      return new Promise<number>(
        (resolve, reject) => (finish[n] = (error) => (error === undefined ? resolve(n) : reject(error))),
      )
    }),
  )
  expect(started).toEqual([0, 1])
  finish[1]?.(new Error('failed'))
  await expect(tasks[1]).rejects.toThrow('failed')
  expect(started).toEqual([0, 1, 2])
  finish[0]?.()
  await tasks[0]
  expect(started).toEqual([0, 1, 2, 3])
  finish[2]?.()
  finish[3]?.()
  expect(await Promise.all([tasks[2], tasks[3]])).toEqual([2, 3])
})
