import { percentile } from '@parley/e2e/chaos/scenario'
import type { Figure } from '../report/figure.ts'
import { clientFigure, costFigures } from './client-figure.ts'
import { switchTo } from './in-page.ts'
import { costOf, onLong } from './world.ts'
import type { World } from './world.ts'

const switches = 30

/** Between conversations that were open before, with 500 in the list. */
export async function measureSwitching(world: World): Promise<readonly Figure[]> {
  return onLong(world, async (opened) => {
    const { page } = opened
    const ways = [...world.others, world.long]
    for (const way of ways) await page.evaluate(switchTo, way)
    const took: number[] = []
    const cost = await costOf(opened, switches, async () => {
      for (let turn = 0; turn < switches; turn += 1) {
        world.run.signal.throwIfAborted()
        const way = ways[turn % ways.length]
        if (way !== undefined) took.push(await page.evaluate(switchTo, way))
      }
    })
    return [
      clientFigure('switch to a known conversation, click to frame: median', 'ms', [percentile(took, 0.5)], 50),
      clientFigure('switch to a known conversation, click to frame: most', 'ms', [Math.max(...took)], 50),
      ...costFigures('switch to a known conversation', cost),
    ]
  })
}
