import { send } from '@parley/e2e/chat'
import { eventually } from '@parley/testing/eventually'
import type { Figure } from '../report/figure.ts'
import { costFigures } from './client-figure.ts'
import { costOf, onLong } from './world.ts'
import type { World } from './world.ts'

const messages = 30

/** What a message costs the page that comes in another conversation than the open one, with 500 in the list. */
export async function measureEvents(world: World): Promise<readonly Figure[]> {
  return onLong(world, async (opened) => {
    const { page } = opened
    const arrived = (text: string) => page.locator('nav[aria-label=Conversations]').getByText(text).first().waitFor()
    const round = async (count: number, word: string) => {
      for (let turn = 0; turn < count; turn += 1) {
        world.run.signal.throwIfAborted()
        const to = world.others[turn % world.others.length]
        const text = `${word} ${turn}`
        if (to !== undefined) await eventually(() => send(world.friend, to.id, text))
        await arrived(text)
      }
    }
    await round(6, 'Warm')
    const cost = await costOf(opened, messages, () => round(messages, 'Elsewhere'))
    return costFigures('a message in another conversation', cost)
  })
}
