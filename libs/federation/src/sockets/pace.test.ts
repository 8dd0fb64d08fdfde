import { Pace, type Step } from './pace'

const unexpected = (error: unknown) => {
  throw error
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a few run at once, the others in order, a few each turn', async () => {
  const ran: number[] = []
  const pace = new Pace(2, 100, unexpected)
  for (let n = 0; n < 7; n++) expect(pace.run('handshake', () => ran.push(n))).toBe(true)
  expect(ran).toEqual([0, 1])
  const seen: number[] = []
  while (pace.waiting > 0) {
    await turn()
    seen.push(ran.length)
  }
  expect(ran).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(seen.every((count, index) => count - (seen[index - 1] ?? 2) <= 2)).toBe(true)
  await turn()
  pace.run('handshake', () => ran.push(7))
  expect(ran.at(-1)).toBe(7)
})

test('beyond its length it takes no more, and takes them again later', async () => {
  const pace = new Pace(1, 3, unexpected)
  let ran = 0
  const taken = Array.from({ length: 10 }, () => pace.run('handshake', () => ran++))
  expect(taken.filter(Boolean)).toHaveLength(4)
  while (pace.waiting > 0) await turn()
  expect(ran).toBe(4)
  for (let times = 0; times < 20; times++) {
    while (!pace.run('handshake', () => ran++)) await turn()
  }
  while (pace.waiting > 0) await turn()
  expect(ran).toBe(24)
})

test('a task that throws is reported, at once and in a later turn, and does not stop the others', async () => {
  const failures: unknown[] = []
  const pace = new Pace(1, 10, (error) => failures.push(error))
  let ran = 0
  const defect = new Error('A defect')
  const fail = () => {
    throw defect
  }
  for (let times = 0; times < 2; times++) expect(pace.run('handshake', fail)).toBe(true)
  pace.run('handshake', () => ran++)
  while (pace.waiting > 0) await turn()
  expect(failures).toEqual([defect, defect])
  expect(ran).toBe(1)
})

test('whoever has come further goes first', async () => {
  const ran: string[] = []
  const pace = new Pace(1, 10_000, unexpected)
  const add = (step: Step, name: string) => pace.run(step, () => ran.push(name))
  add('handshake', 'first')
  for (let n = 0; n < 2_000; n++) add('handshake', `handshake ${n}`)
  add('admission', 'admission')
  add('operation', 'operation')
  while (pace.waiting > 0) await turn()
  expect(ran.slice(0, 5)).toEqual(['first', 'operation', 'admission', 'handshake 0', 'handshake 1'])
  expect(ran).toHaveLength(2_003)
})
