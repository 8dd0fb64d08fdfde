import type { Bench } from './bench.ts'
import { bystander } from './bystander.ts'
import { fanOut } from './fan-out.ts'
import { idleStreams } from './idle-streams.ts'
import { largePages } from './large-pages.ts'
import { queries } from './queries.ts'
import { storm } from './storm.ts'

/** All benches of `npm run bench`. */
export const benches: readonly Bench[] = [fanOut, queries, idleStreams, storm, bystander, largePages]
