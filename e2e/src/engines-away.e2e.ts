import type { Stack } from '@parley/launcher/stack'
import { awayAtBoot, awayUnderLoad } from './chaos/engines-away.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** The short form of `npm run chaos -- engines-away`; only that one checks times, for idle machines. */
describe('an engine that is down', () => {
  let stack: Stack
  const isOfTime = (fault: string) => fault.includes('after its return')

  beforeAll(async () => {
    stack = await testStack()
  })
  afterAll(() => stack.stop())

  it.each(['mongo', 'postgres'] as const)(
    '%s, at boot: services run and are not ready, then become ready',
    async (name) => {
      const { cells, faults } = await awayAtBoot(stack, name)
      expect(faults.filter((fault) => !isOfTime(fault))).toEqual([])
      expect(cells[0]).toContain(name === 'mongo' ? 'message' : 'conversation')
    },
  )

  it('I1–I4, I6, I8: mongo, under sends: nothing is lost or doubled, no dead letter, and the counts are right', async () => {
    const { faults } = await awayUnderLoad(stack, 'mongo', 5_000)
    expect(faults.filter((fault) => !isOfTime(fault))).toEqual([])
  })
})
