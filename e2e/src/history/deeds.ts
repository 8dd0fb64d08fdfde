import { bookmarkDeeds } from './bookmark-deeds.ts'
import { changeDeeds } from './change-deeds.ts'
import type { Deed } from './deed.ts'
import { memberDeeds } from './member-deeds.ts'
import { muteDeeds } from './mute-deeds.ts'
import { readingDeeds } from './reading-deeds.ts'

const reconnects: Deed = { name: 'reconnect', share: 1, run: (person) => person.reconnect() }

/** Everything that people do at random. One more operation of the API is one more row in one of these. */
export const deeds: readonly Deed[] = [
  ...changeDeeds,
  ...readingDeeds,
  ...bookmarkDeeds,
  ...muteDeeds,
  ...memberDeeds,
  reconnects,
]
