import type { CDPSession } from 'playwright-core'
import type { Figure } from '../report/figure.ts'
import { clientFigure } from './client-figure.ts'
import { scrollToBeginning } from './in-page.ts'
import { onLong } from './world.ts'
import type { World } from './world.ts'

const patience = 240_000

/** The heap of JavaScript after a collection of garbage, in megabytes. */
async function heap(cdp: CDPSession): Promise<number> {
  // What only finalizers free is gone after the second one.
  for (let turn = 0; turn < 2; turn += 1) await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1_000_000
}

/** From the end of 10,000 messages to the first one, and back. */
export async function measureMemory(world: World): Promise<readonly Figure[]> {
  return onLong(world, async ({ page, cdp }) => {
    await cdp.send('HeapProfiler.enable')
    const before = await heap(cdp)
    const took = await page.evaluate(scrollToBeginning, patience)
    const atBeginning = await heap(cdp)
    world.run.say(`Scrolled up through 10,000 messages in ${(took / 1_000).toFixed(1)} s`)
    await page.getByRole('button', { name: 'Jump to the latest message' }).click()
    await page.locator(`[role=log] article[data-message="${world.long.messageId}"]`).waitFor()
    const after = await heap(cdp)
    return [
      clientFigure('heap in a conversation of 10,000 messages', 'MB', [before]),
      clientFigure('heap at its first message, of that at the last', 'times', [atBeginning / before], 1.1),
      clientFigure('heap back at the last message, of that before', 'times', [after / before], 1.1),
    ]
  })
}
