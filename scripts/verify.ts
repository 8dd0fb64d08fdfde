import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runningMongo } from '@parley/engines/running-mongo'
import { startEngines } from '@parley/engines/start-engines'
import { build } from '@parley/launcher/build'
import { messageDatabase } from '@parley/launcher/environments'
import { folderOf, root } from '@parley/launcher/workspace'

const usage = `npm run verify -- [--repair] [--data .parley/data]

Counts unread, mentions, lines, pins, threads and versions again from the log of every conversation, and prints what has
drifted. Works while Parley runs, and starts MongoDB alone when it does not. Exit code 1 for drift, 2 when
nothing could be verified.

  --repair  correct the projections; a second run then finds nothing
  --data    the folder of the installation; PARLEY_MONGO_URL names a server of your own instead`

const { values } = parseArgs({
  options: {
    repair: { type: 'boolean', default: false },
    data: { type: 'string', default: join(root, '.parley', 'data') },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const say = (line: string) => process.stderr.write(`${line}\n`)

/** The command that an installation without these scripts runs; resolves with its exit code. */
function verify(mongoUrl: string): Promise<number> {
  const script = join(folderOf('message'), 'dist', 'verify.js')
  const env = { ...process.env, ...messageDatabase(mongoUrl) }
  const child = spawn(process.execPath, [script, ...(values.repair ? ['--repair'] : [])], { env, stdio: 'inherit' })
  // A terminal signals the child as well.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name))
  return new Promise((done, fail) => child.on('error', fail).on('exit', (code) => done(code ?? 2)))
}

async function verifyInstallation(): Promise<number> {
  await build({ web: false, onProgress: say })
  const running = process.env['PARLEY_MONGO_URL'] ?? runningMongo(values.data)
  if (running !== null) return verify(running)
  const engines = await startEngines({ dataDir: values.data, only: ['mongo'], onProgress: say })
  try {
    return await verify(engines.addresses.mongoUrl)
  } finally {
    await engines.stop()
  }
}

if (values.help) process.stdout.write(`${usage}\n`)
else
  process.exitCode = await verifyInstallation().catch((error: unknown) => {
    say(`\nNothing was verified: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  })
