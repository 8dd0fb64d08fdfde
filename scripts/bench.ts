import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { commandOf, isQuick } from '@parley/bench/bench'
import { benches } from '@parley/bench/benches'
import { writePerformancePage } from '@parley/bench/report/write-page'
import { build } from '@parley/launcher/build'

const usage = `npm run bench -- NAME [--only a,b] [--window 3] [--rounds 30] [--warmup 240] [--cooldown 60] [--clients 200,1000] [--events N] [--samples FILE] [--artifacts FOLDER]

${benches.map(({ name, promise }) => `  ${name.padEnd(14)} ${promise}`).join('\n')}
  page           writes docs/performance.md from the latest run of each

  --only      rows to run, by their names; all unless named
  --window    seconds of one stretch of measuring
  --rounds    how often everything is measured
  --warmup    seconds of load before anything is measured
  --cooldown  seconds before the memory is looked at again
  --clients   how many clients, instead of the bench's own numbers
  --events    how many events the long conversation of history has
  --samples   a file for every sample and every stall, as JSON
  --artifacts a folder for the figures as JSON; bench/results unless named`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    window: { type: 'string' },
    rounds: { type: 'string' },
    warmup: { type: 'string' },
    cooldown: { type: 'string' },
    clients: { type: 'string', default: '' },
    events: { type: 'string' },
    samples: { type: 'string' },
    artifacts: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const bench = benches.find(({ name }) => name === positionals[0])
const listOf = (text: string): string[] => text.split(',').filter((name) => name !== '')
const say = (line: string) => process.stdout.write(`${line}\n`)

/** On its own stack, on free ports and in a temporary folder, which is deleted at the end. */
async function measure({ run, web = false, defaults = {} }: (typeof benches)[number]): Promise<void> {
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  await build({ web, onProgress: say })
  const missed = await run({
    only: listOf(values.only),
    windowMs: Number(values.window ?? defaults.window ?? 3) * 1_000,
    rounds: Number(values.rounds ?? defaults.rounds ?? 30),
    warmupMs: Number(values.warmup ?? defaults.warmup ?? 240) * 1_000,
    cooldownMs: Number(values.cooldown ?? defaults.cooldown ?? 60) * 1_000,
    clients: listOf(values.clients).map(Number),
    events: values.events === undefined ? undefined : Number(values.events),
    samplesFile: values.samples,
    artifacts: values.artifacts === undefined ? undefined : resolve(values.artifacts),
    command: commandOf(process.argv.slice(2)),
    isQuick: isQuick(values),
    say,
    signal: stopped.signal,
  })
  for (const goal of missed) say(`✗ ${goal}`)
  say(missed.length === 0 ? '\nNo goal was missed.' : `\n${missed.length} goals were missed.`)
  process.exitCode = missed.length === 0 ? 0 : 1
}

if (positionals[0] === 'page') {
  await writePerformancePage(say)
} else if (values.help || bench === undefined) {
  say(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  await measure(bench).catch((error: unknown) => {
    say(`\nThe bench could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  })
}
