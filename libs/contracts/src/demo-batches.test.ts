import { batchesOf } from './demo-batches'
import type { PlannedConversation } from './demo-plan'

async function* plan(...sizes: readonly number[]): AsyncGenerator<PlannedConversation> {
  for (const [index, size] of sizes.entries())
    yield { id: `c${index}`, messages: Array.from({ length: size }) } as unknown as PlannedConversation
}

async function batches(...sizes: readonly number[]): Promise<readonly string[]> {
  const found: string[] = []
  for await (const some of batchesOf(plan(...sizes), 10, ({ messages }) => messages.length))
    found.push(some.map(({ id }) => id).join(' '))
  return found
}

describe('batchesOf', () => {
  it('yields a batch when it is large enough, and the rest at the end', async () => {
    expect(await batches(4, 6, 25, 1, 0, 2)).toEqual(['c0 c1', 'c2', 'c3 c4 c5'])
  })

  it('yields no empty batch', async () => {
    expect(await batches()).toEqual([])
    expect(await batches(10)).toEqual(['c0'])
  })
})
