import fc from 'fast-check'
import { StreamWorld } from './testing/stream-world'

const seed = 20_261_128
const runs = 400

const people = fc.nat({ max: 3 })
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('say' as const), count: fc.integer({ min: 1, max: 7 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      who: people,
      behind: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 25 })),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 200, max: 9_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), who: people }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), ms: fc.nat({ max: 4_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('signOut' as const), who: people }) },
)
const settings = fc.record({
  ringFrames: fc.integer({ min: 0, max: 12 }),
  ringBytes: fc.constantFrom(300, 1_500, 100_000),
  frameSize: fc.integer({ min: 1, max: 6 }),
  latencyMs: fc.nat({ max: 12 }),
  together: fc.integer({ min: 1, max: 5 }),
})

describe('shared streams', () => {
  it(`bring every event exactly once and in order, and nothing after a removal (seed ${seed}, ${runs} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(action, { minLength: 5, maxLength: 60 }), async (chosen, actions) => {
        const world = new StreamWorld(chosen)
        for (const each of actions) {
          await world.perform(each)
          world.check()
        }
        await world.settle()
        world.checkComplete()
        world.close()
      }),
      { seed, numRuns: runs },
    )
  }, 120_000)
})
