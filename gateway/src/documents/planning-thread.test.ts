import { testSupergraph } from '../testing/supergraph'
import { PlanningThread } from './planning-thread'

const open: PlanningThread[] = []
const threadWith = ({ introspection = true, patienceMs = 30_000 } = {}) => {
  const thread = new PlanningThread({ sdl: testSupergraph(), introspection }, patienceMs)
  open.push(thread)
  return thread
}
afterAll(() => Promise.all(open.map((thread) => thread.close())))
jest.setTimeout(60_000)

test('plans each operation of a valid document, and lists all errors of an invalid one', async () => {
  const thread = threadWith()
  const planned = await thread.plan('query One { extra } subscription Two { extraTicks }')
  expect(planned).toMatchObject({ kind: 'planned', plans: [{ name: 'One' }, { name: 'Two' }] })
  expect(await thread.plan('{ nothing nowhere }')).toMatchObject({
    kind: 'invalid',
    faults: [{ positions: [2] }, { positions: [10] }],
  })
})

test('introspection is refused when it is switched off', async () => {
  expect(await threadWith().plan('{ __schema { queryType { name } } }')).toMatchObject({ kind: 'planned' })
  expect(await threadWith({ introspection: false }).plan('{ __schema { queryType { name } } }')).toMatchObject({
    kind: 'invalid',
  })
})

test('a document that takes too long ends its thread, and the next one gets a new thread', async () => {
  const thread = threadWith({ patienceMs: 0 })
  expect(await thread.plan('{ extra }')).toEqual({ kind: 'exhausting' })
  expect(await thread.plan('{ extra }')).toEqual({ kind: 'exhausting' })
})

test('a thread without a supergraph cannot be started', async () => {
  const thread = new PlanningThread({ sdl: 'type Query { a: Int }', introspection: true }, 1_000)
  await expect(thread.plan('{ a }')).rejects.toThrow()
  await expect(thread.plan('{ a }')).rejects.toThrow()
})
