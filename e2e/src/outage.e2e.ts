import type { Stack } from '@parley/launcher/stack'
import { subgraphs } from '@parley/launcher/workspace'
import { away } from './outage/faults.ts'
import { columnOf, populate } from './outage/matrix.ts'
import type { People } from './outage/matrix.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** The short form of `npm run chaos -- outage`, which also makes subgraphs hang and slow down. */
describe('each subgraph down in turn', () => {
  let stack: Stack
  let people: People

  beforeAll(async () => {
    stack = await testStack()
    people = await populate(stack.urls[0] ?? '')
  })
  afterAll(async () => {
    await Promise.all([people.ann, people.ben, people.cleo].map((client) => client.close()))
    await stack.stop()
  })

  it.each(subgraphs)('without %s every operation of the web client answers the fields of the others', async (name) => {
    const { faults, asked } = await columnOf(stack, people, name, away)
    expect(faults).toEqual([])
    expect(asked.length).toBeGreaterThan(10)
  })
})
