import { enginesAway } from './engines-away.ts'
import { history } from './history.ts'
import { outage } from './outage.ts'
import { recovery } from './recovery.ts'
import type { Scenario } from './scenario.ts'
import { slowPeers } from './slow-peers.ts'
import { soak } from './soak.ts'

/** All scenarios of `npm run chaos`; the first one is the one without a name. */
export const scenarios: readonly Scenario[] = [history, recovery, outage, enginesAway, slowPeers, soak]
