import { percentile } from '@parley/e2e/chaos/scenario'
import type { Figure } from '../report/figure.ts'
import { clientFigure, costFigures } from './client-figure.ts'
import { watchKeys } from './in-page.ts'
import { costOf, onLong } from './world.ts'
import type { World } from './world.ts'

const text = 'Nobody should notice that the machine is a slow one while they write this. '
const throttle = 4

/** In a conversation of 10,000 messages, with 500 conversations beside, on a CPU that is four times as slow. */
export async function measureTyping(world: World): Promise<readonly Figure[]> {
  return onLong(world, async (opened) => {
    const { page, cdp } = opened
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus()
    await page.keyboard.type('Warm. ', { delay: 50 })
    const cost = await costOf(opened, text.length, () => page.keyboard.type(text, { delay: 50 }))
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
    await page.evaluate(watchKeys)
    await page.keyboard.type(text, { delay: 100 })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits)
    if (waits.length !== text.length) throw new Error(`${waits.length} of ${text.length} keys were seen`)
    return [
      clientFigure('a key until its frame, CPU 4× slower: median', 'ms', [percentile(waits, 0.5)], 50),
      clientFigure('a key until its frame, CPU 4× slower: most', 'ms', [Math.max(...waits)], 50),
      ...costFigures('a key, CPU as it is', cost),
    ]
  })
}
