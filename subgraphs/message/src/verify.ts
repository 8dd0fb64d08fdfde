import { parseArgs } from 'node:util'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { Verification } from './infrastructure/verification'

const everyMs = 5_000

const say = (line: string) => process.stdout.write(`${line}\n`)

/** A line every five seconds, to stderr: stdout is the report. */
function progress(): (conversations: number, events: number) => void {
  let last = performance.now()
  return (conversations, events) => {
    if (performance.now() - last < everyMs) return
    last = performance.now()
    const counts = `${events.toLocaleString('en')} events, ${conversations.toLocaleString('en')} conversations done`
    process.stderr.write(`${counts}\n`)
  }
}

/**
 * `node dist/verify.js [--repair]`: counts every log again and prints what has drifted, also while the service runs. Exit code
 * 1 for drift, 2 when nothing could be verified, 130 when it was interrupted.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { repair: { type: 'boolean', default: false } } })
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  await workInBulk(parseEnv(mongoEnv), async (connection) => {
    const options = { isRepairing: values.repair, onProgress: progress(), signal: stopped.signal }
    const verification = new Verification(connection, options)
    await verification.verify().catch((error: unknown) => {
      if (!stopped.signal.aborted) throw error
    })
    const { report } = verification
    for (const line of report.lines()) say(line)
    if (stopped.signal.aborted) say('Interrupted: what was not reached is not in these numbers.')
    else if (report.drifted === 0) say('The projections are what the log says.')
    else say(adviceOn(values.repair, report.driftedOf('log')))
    process.exitCode = stopped.signal.aborted ? 130 : report.drifted === 0 ? 0 : 1
  })
}

function adviceOn(isRepaired: boolean, inLog: number): string {
  const projections = isRepaired
    ? 'Projections are repaired: run it again to see.'
    : 'Repair projections with --repair.'
  return inLog === 0
    ? projections
    : `${projections} What is wrong in the log itself stays: docs/how-to/when-counts-are-wrong.md.`
}

run().catch((error: unknown) => {
  process.stderr.write(`Nothing was verified: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})
