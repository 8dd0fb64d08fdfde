import type { PlannedConversation } from './demo-plan'

/** Batches of conversations, in order, whose weights add up to at least `enough`; the last batch may weigh less. */
export async function* batchesOf(
  plan: AsyncIterable<PlannedConversation>,
  enough: number,
  weightOf: (conversation: PlannedConversation) => number,
): AsyncGenerator<readonly PlannedConversation[], void> {
  let waiting: PlannedConversation[] = []
  let weight = 0
  for await (const conversation of plan) {
    waiting.push(conversation)
    weight += weightOf(conversation)
    if (weight < enough) continue
    yield waiting
    waiting = []
    weight = 0
  }
  if (waiting.length > 0) yield waiting
}
