import fc from 'fast-check'
import { JoinedInserts } from './joined-inserts'

interface Row {
  readonly conversation: number
  readonly seq: number
}

const taken = new Error('taken')

/** An engine with a unique (conversation, seq), which inserts in order up to the first conflict. */
class Engine {
  readonly rows: Row[] = []
  readonly inserts: number[] = []
  /** How often it answers nothing before it answers again. */
  failures = 0

  readonly inserting = new JoinedInserts<Row>(8, async (rows) => {
    this.inserts.push(rows.length)
    await Promise.resolve()
    if (this.failures > 0) {
      this.failures -= 1
      throw new Error('away')
    }
    for (const [accepted, row] of rows.entries()) {
      if (this.seqsOf(row.conversation).includes(row.seq)) return { accepted, refusal: taken }
      this.rows.push(row)
    }
    return { accepted: rows.length, refusal: null }
  })

  seqsOf(conversation: number): readonly number[] {
    return this.rows.filter((row) => row.conversation === conversation).map(({ seq }) => seq)
  }
}

const rowsOf = (conversation: number, from: number, count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => ({ conversation, seq: from + index }))

describe('JoinedInserts', () => {
  it('inserts together what arrives together, and what arrives meanwhile', async () => {
    const { inserting, inserts } = new Engine()
    const parts = [inserting.add(rowsOf(1, 1, 2)), inserting.add(rowsOf(2, 1, 1))]
    await parts[0]
    expect(inserts).toEqual([3])
    const later = [inserting.add(rowsOf(1, 3, 1)), inserting.add(rowsOf(2, 2, 1))]
    await Promise.all([...parts, ...later])
    expect(inserts).toEqual([3, 2])
  })

  it('bounds the rows of an insert, and splits no part', async () => {
    const { inserting, inserts } = new Engine()
    await Promise.all([1, 2, 3, 4].map((conversation) => inserting.add(rowsOf(conversation, 1, 3))))
    await inserting.add(rowsOf(5, 1, 20))
    expect(inserts).toEqual([6, 6, 20])
  })

  it('tells only the part that met a conflict, and tries the parts after it again', async () => {
    const engine = new Engine()
    await engine.inserting.add(rowsOf(2, 2, 1))
    const parts = [1, 2, 3].map((conversation) => engine.inserting.add(rowsOf(conversation, 1, 2)))
    expect(await Promise.all(parts)).toEqual([
      { accepted: 2, refusal: null },
      { accepted: 1, refusal: taken },
      { accepted: 2, refusal: null },
    ])
    expect(engine.inserts).toEqual([1, 6, 2])
  })

  it('rejects all parts of an insert with an unknown outcome, and goes on with the next', async () => {
    const engine = new Engine()
    engine.failures = 1
    const parts = [1, 2].map((conversation) => engine.inserting.add(rowsOf(conversation, 1, 1)))
    await expect(Promise.allSettled(parts)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    expect(await engine.inserting.add(rowsOf(1, 1, 1))).toEqual({ accepted: 1, refusal: null })
  })

  it('I1, I3: inserts of each part what it says, once and without a hole, with other writers and failures', async () => {
    const step = fc.record({
      conversation: fc.nat(3),
      count: fc.integer({ min: 1, max: 5 }),
      /** So many events of another process came before it. */
      foreign: fc.nat(2),
      fails: fc.boolean(),
      isLater: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        const engine = new Engine()
        const parts = []
        for (const { conversation, count, foreign, fails, isLater } of steps) {
          if (isLater) await new Promise(setImmediate)
          const next = engine.seqsOf(conversation).length + 1
          const rows = rowsOf(conversation, next, count)
          engine.rows.push(...rowsOf(conversation, next, foreign))
          if (fails) engine.failures += 1
          parts.push({ rows, inserted: engine.inserting.add(rows) })
        }
        for (const { rows, inserted } of parts) {
          const { accepted, refusal } = await inserted.catch(() => ({ accepted: 0, refusal: taken }))
          expect(accepted === rows.length).toBe(refusal === null)
          expect(engine.rows.filter((row) => rows.includes(row))).toEqual(rows.slice(0, accepted))
        }
      }),
      { seed: 1_711, numRuns: 200 },
    )
  })
})
