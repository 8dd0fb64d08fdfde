import type { Bench } from './bench.ts'
import { bystander } from './bystander.ts'
import { fanOut } from './fan-out.ts'
import { largePages } from './large-pages.ts'

/** All benches of `npm run bench`. */
export const benches: readonly Bench[] = [bystander, largePages, fanOut]
