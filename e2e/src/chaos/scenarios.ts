import { enginesAway } from './engines-away.ts'
import { outage } from './outage.ts'
import { recovery } from './recovery.ts'
import type { Scenario } from './scenario.ts'
import { slowPeers } from './slow-peers.ts'
import { soak } from './soak.ts'

/** All scenarios of `npm run chaos`. */
export const scenarios: readonly Scenario[] = [recovery, outage, enginesAway, slowPeers, soak]
