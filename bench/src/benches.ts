import type { Bench } from './bench.ts'
import { bystander } from './bystander.ts'
import { largePages } from './large-pages.ts'

/** The table of contents of `npm run bench`. */
export const benches: readonly Bench[] = [bystander, largePages]
