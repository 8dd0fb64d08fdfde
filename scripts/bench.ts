import { parseArgs } from 'node:util'
import { benches } from '@parley/bench/benches'
import { build } from '@parley/launcher/build'

const usage = `npm run bench -- NAME [--only a,b] [--window 3] [--rounds 30] [--warmup 240] [--cooldown 60] [--samples FILE]

${benches.map(({ name, promise }) => `  ${name.padEnd(14)} ${promise}`).join('\n')}

  --only      rows to run, by their names; all unless named
  --window    seconds of one stretch of measuring
  --rounds    how often the stretches without and with follow each other
  --warmup    seconds of load before anything is measured
  --cooldown  seconds before the memory is looked at again
  --samples   a file for every sample and every stall, as JSON`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    window: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '30' },
    warmup: { type: 'string', default: '240' },
    cooldown: { type: 'string', default: '60' },
    samples: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const bench = benches.find(({ name }) => name === positionals[0])
const say = (line: string) => process.stdout.write(`${line}\n`)

/** On its own stack, on free ports and in a temporary folder, which is deleted at the end. */
async function measure({ run }: (typeof benches)[number]): Promise<void> {
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  await build({ web: false, onProgress: say })
  const missed = await run({
    only: values.only.split(',').filter((name) => name !== ''),
    windowMs: Number(values.window) * 1_000,
    rounds: Number(values.rounds),
    warmupMs: Number(values.warmup) * 1_000,
    cooldownMs: Number(values.cooldown) * 1_000,
    samplesFile: values.samples,
    say,
    signal: stopped.signal,
  })
  for (const goal of missed) say(`✗ ${goal}`)
  say(missed.length === 0 ? '\nNo goal was missed.' : `\n${missed.length} goals were missed.`)
  process.exitCode = missed.length === 0 ? 0 : 1
}

if (values.help || bench === undefined) {
  say(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  await measure(bench).catch((error: unknown) => {
    say(`\nThe bench could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  })
}
