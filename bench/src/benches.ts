import type { Bench } from './bench.ts'
import { bystander } from './bystander.ts'
import { client } from './client.ts'
import { fanOut } from './fan-out.ts'
import { history } from './history.ts'
import { idleStreams } from './idle-streams.ts'
import { largePages } from './large-pages.ts'
import { latency } from './latency.ts'
import { queries } from './queries.ts'
import { sends } from './sends.ts'
import { start } from './start.ts'
import { storm } from './storm.ts'

/** All benches of `npm run bench`. */
export const benches: readonly Bench[] = [
  fanOut,
  latency,
  sends,
  queries,
  idleStreams,
  storm,
  start,
  bystander,
  largePages,
  history,
  client,
]
