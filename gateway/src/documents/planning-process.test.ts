import childProcess, { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { testSupergraph } from '../testing/supergraph'
import { PlanningProcess } from './planning-process'

const open: PlanningProcess[] = []
const processWith = ({ introspection = true, patienceMs = 30_000 } = {}) => {
  const planner = new PlanningProcess({ sdl: testSupergraph(), introspection }, patienceMs)
  open.push(planner)
  return planner
}
afterAll(() => Promise.all(open.map((planner) => planner.close())))
jest.setTimeout(60_000)

test('plans each operation of a valid document, and lists all errors of an invalid one', async () => {
  const planner = processWith()
  const planned = await planner.plan('query One { extra } subscription Two { extraTicks }')
  expect(planned).toMatchObject({ kind: 'planned', plans: [{ name: 'One' }, { name: 'Two' }] })
  expect(await planner.plan('{ nothing nowhere }')).toMatchObject({
    kind: 'invalid',
    faults: [{ positions: [2] }, { positions: [10] }],
  })
})

test('introspection is refused when it is switched off', async () => {
  expect(await processWith().plan('{ __schema { queryType { name } } }')).toMatchObject({ kind: 'planned' })
  expect(await processWith({ introspection: false }).plan('{ __schema { queryType { name } } }')).toMatchObject({
    kind: 'invalid',
  })
})

test('a document that takes too long ends its process, and the next one gets a new one', async () => {
  const planner = processWith({ patienceMs: 0 })
  // More than can be planned before a timer of no time has ended.
  const long = Array.from({ length: 500 }, (_, index) => `query Number${index} { extra }`).join(' ')
  expect(await planner.plan(long)).toEqual({ kind: 'exhausting' })
  expect(await planner.plan(long)).toEqual({ kind: 'exhausting' })
})

test('a process that was killed while idle is replaced, and no document is blamed', async () => {
  const forked = jest.spyOn(childProcess, 'fork')
  const planner = processWith()
  expect(await planner.plan('{ extra }')).toMatchObject({ kind: 'planned' })
  const child = forked.mock.results.at(-1)?.value as ChildProcess
  expect(forked.mock.calls.at(-1)?.[1]).toMatchObject({
    env: expect.not.objectContaining({ HOME: process.env['HOME'] }) as object,
  })
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
  expect(await planner.plan('{ extra }')).toMatchObject({ kind: 'planned' })
  expect(forked).toHaveBeenCalledTimes(2)
  forked.mockRestore()
})

test('a process without a supergraph cannot be started', async () => {
  const planner = new PlanningProcess({ sdl: 'type Query {', introspection: true }, 1_000)
  await expect(planner.plan('{ a }')).rejects.toThrow()
  await expect(planner.plan('{ a }')).rejects.toThrow()
})
