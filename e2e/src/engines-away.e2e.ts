import type { Stack } from '@parley/launcher/stack'
import { awayAtBoot, awayUnderLoad } from './chaos/engines-away.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** The short form of `npm run chaos -- engines-away`; how soon is left to that one, for machines that are idle. */
describe('an engine that is away', () => {
  let stack: Stack
  const isOfTime = (fault: string) => fault.includes('after its return')

  beforeAll(async () => {
    stack = await testStack()
  })
  afterAll(() => stack.stop())

  it.each(['mongo', 'postgres'] as const)('%s, at boot: services run, are not ready, and then are', async (name) => {
    const { cells, faults } = await awayAtBoot(stack, name)
    expect(faults.filter((fault) => !isOfTime(fault))).toEqual([])
    expect(cells[0]).toContain(name === 'mongo' ? 'message' : 'conversation')
  })

  it('I1–I4, I6, I8: mongo, under sends: nothing is lost or doubled, no dead letter, and the counts are right', async () => {
    const { faults } = await awayUnderLoad(stack, 'mongo', 5_000)
    expect(faults.filter((fault) => !isOfTime(fault))).toEqual([])
  })
})
