import type { Bench } from './bench.ts'
import { bystander } from './bystander.ts'
import { largePages } from './large-pages.ts'

/** All benches of `npm run bench`. */
export const benches: readonly Bench[] = [bystander, largePages]
