import fc from 'fast-check'
import { BothWays } from '../testing/random/both-ways'
import { randomGraph } from '../testing/random/random-graph'
import { randomOperation } from '../testing/random/random-operation'
import type { Faults } from '../testing/random/random-subgraph'

const seed = 20_261_128
const graphs = 12
const operations = 700

const faultless: Faults = { nothing: 0, missing: 0, wrong: 0, errors: 0 }
const nulls: Faults = { nothing: 0.08, missing: 0.02, wrong: 0, errors: 0 }
const failing: Faults = { nothing: 0.03, missing: 0, wrong: 0, errors: 0.06 }
const defective: Faults = { nothing: 0.03, missing: 0.02, wrong: 0.03, errors: 0.03 }

const cases = operations * 4

describe(`compiled plans and the gateway package's executor (seed ${seed}, ${cases} cases)`, () => {
  const ways = new Map<number, BothWays>()
  const waysOf = (number: number): BothWays => {
    const known = ways.get(number)
    if (known !== undefined) return known
    const made = new BothWays(randomGraph(seed + number))
    ways.set(number, made)
    return made
  }

  test('answer the same, with data, nulls, errors and their paths', async () => {
    const seen = { answers: 0, joins: 0, fewerRequests: 0, errors: 0, missing: 0, rejected: 0 }
    const property = fc.asyncProperty(fc.nat(graphs - 1), fc.nat(), fc.nat(), async (graph, operation, data) => {
      const both = waysOf(graph)
      const written = randomOperation(both.api, operation)
      const prepared = both.prepare(written)
      if (prepared === undefined) return
      for (const faults of [faultless, nulls, failing, defective]) {
        const { reference, compiled, sent } = await both.run(prepared, data, faults)
        expect({ written, faults, ...compiled }).toEqual({ written, faults, ...reference })
        expect(sent.compiled.length).toBeLessThanOrEqual(sent.reference.length)
        seen.answers++
        if (sent.reference.length > 1) seen.joins++
        if (sent.reference.length > sent.compiled.length) seen.fewerRequests++
        if (reference.isRejected) seen.rejected++
        if (reference.errors?.length) seen.errors++
        if (reference.missing?.length) seen.missing++
      }
    })
    await fc.assert(property, { seed, numRuns: operations, endOnFailure: true })
    // The cases must reach all of these often enough.
    expect(Object.entries(seen).filter(([, count]) => count < 5)).toEqual([])
    expect(seen.answers).toBeGreaterThan(cases / 2)
  }, 120_000)
})
