import { Stops } from './stops'

test('stops everything once at its end, and at once what is added later', () => {
  const stops = new Stops()
  const calls: string[] = []
  stops.add(() => calls.push('first'))
  stops.add(() => calls.push('second'))
  expect([stops.isClosed, calls]).toEqual([false, []])
  stops.close()
  stops.close()
  stops.add(() => calls.push('late'))
  expect([stops.isClosed, calls]).toEqual([true, ['first', 'second', 'late']])
})
