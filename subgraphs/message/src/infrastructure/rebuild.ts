import type { Connection } from '@parley/platform/mongo/mongo.module'
import { Verification } from './verification'

/**
 * Makes all projections what the log says, also where nothing promises that they are; resolves with the number of events. In place,
 * by corrections: readers never see less than before, and what is written meanwhile stays. An interrupted one can be run again.
 */
export const rebuildProjections = (connection: Connection): Promise<number> =>
  new Verification(connection, { isRepairing: true }).rebuild()
