import { FairLine } from './fair-line'

const room = { perSession: 3, perAddress: 5, inAll: 7 }
const everything = (line: FairLine<string>) => {
  const tasks: string[] = []
  for (let task = line.shift(); task !== undefined; task = line.shift()) tasks.push(task)
  return tasks
}

test('addresses take turns, and so do the sessions of an address', () => {
  const line = new FairLine<string>(room)
  for (const task of ['a1', 'a2', 'a3']) line.push({ address: 'x', session: 'a' }, task)
  line.push({ address: 'x', session: 'b' }, 'b1')
  line.push({ address: 'y', session: 'c' }, 'c1')
  line.push({ address: 'y', session: 'c' }, 'c2')
  expect(everything(line)).toEqual(['a1', 'c1', 'b1', 'c2', 'a2', 'a3'])
})

test('room is limited for a session, for an address and in all', () => {
  const line = new FairLine<string>(room)
  const pushed = (address: string, session: string) => line.push({ address, session }, 'task')
  expect([1, 2, 3, 4].map(() => pushed('x', 'a'))).toEqual([true, true, true, false])
  expect([1, 2, 3].map(() => pushed('x', 'b'))).toEqual([true, true, false])
  expect(['c', 'd', 'e'].map((session) => pushed(session, session))).toEqual([true, true, false])
})

test('room that becomes free can be used again', () => {
  const line = new FairLine<string>({ perSession: 1, perAddress: 1, inAll: 1 })
  expect([line.push({}, 'one'), line.push({}, 'two')]).toEqual([true, false])
  expect(line.shift()).toBe('one')
  expect(line.push({}, 'three')).toBe(true)
  expect(everything(line)).toEqual(['three'])
})
