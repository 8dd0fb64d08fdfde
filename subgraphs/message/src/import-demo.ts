import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { jsonLines } from '@parley/platform/service/json-lines'
import { importTimelines } from './infrastructure/import-timelines'

/** `node dist/import-demo.js CONVERSATIONS`: imports the timelines of a plan. Idempotent. */
async function run([file = '']: readonly string[]): Promise<void> {
  await workInBulk(parseEnv(mongoEnv), (connection) =>
    importTimelines(connection, jsonLines<PlannedConversation>(file)),
  )
}

void run(process.argv.slice(2))
