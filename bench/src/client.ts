import { join } from 'node:path'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench } from './bench.ts'
import { measureEvents } from './client/events.ts'
import { measureMemory } from './client/memory.ts'
import { measureOpening } from './client/opening.ts'
import { measureStillness } from './client/stillness.ts'
import { measureSwitching } from './client/switching.ts'
import { measureTyping } from './client/typing.ts'
import { beginWorld } from './client/world.ts'
import type { World } from './client/world.ts'
import { besideBefore } from './report/before.ts'
import type { Figure } from './report/figure.ts'
import { conclude, readResults, resultsFolder } from './report/result.ts'

/** Each with a profile of its own; the last one adds to the data. */
const parts: Readonly<Record<string, (world: World, notes: Notes) => Promise<readonly Figure[]>>> = {
  switching: measureSwitching,
  typing: measureTyping,
  opening: measureOpening,
  memory: measureMemory,
  events: measureEvents,
  stillness: measureStillness,
}

/** What the web client costs, in the product's own browser, with 500 conversations and one of 10,000 messages. */
export const client: Bench = {
  name: 'client',
  promise:
    'The web client opens with 2 requests, switches and types within 50 ms, and keeps its heap and what one reads where it is.',
  web: true,
  defaults: { window: 60, rounds: 3 },
  run: (run) =>
    cleaningUp(async (cleanup) => {
      const unknown = run.only.filter((name) => !(name in parts))
      if (unknown.length > 0) throw new Error(`The bench has no part "${unknown.join('", "')}"`)
      const notes = new Notes(run.say)
      const world = await beginWorld(run, cleanup)
      const figures: Figure[] = []
      // The others are measured all the same.
      const failed: string[] = []
      for (const [name, measure] of Object.entries(parts)) {
        if (run.only.length > 0 && !run.only.includes(name)) continue
        run.say(`\n${name}`)
        try {
          figures.push(...(await measure(world, notes)))
        } catch (error) {
          run.signal.throwIfAborted()
          failed.push(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
          run.say(failed.at(-1) ?? '')
        }
      }
      const before = readResults(join(resultsFolder, 'before')).find(({ bench }) => bench === 'client')
      const all = run.artifacts === undefined ? besideBefore(figures, before) : figures
      return [...failed, ...(await conclude('client', run, all, [...failed, ...notes.all]))]
    }),
}
