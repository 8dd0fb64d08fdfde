import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { rebuildProjections } from './infrastructure/rebuild'

/**
 * `node dist/rebuild-projections.js`: folds the whole log again, in place. The service can run meanwhile; it may be
 * interrupted and run again.
 */
async function run(): Promise<void> {
  await workInBulk(parseEnv(mongoEnv), async (connection) => {
    process.stdout.write(`${await rebuildProjections(connection)} events folded\n`)
  })
}

void run()
