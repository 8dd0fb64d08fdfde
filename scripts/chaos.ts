import { parseArgs } from 'node:util'
import { scenarios } from '@parley/e2e/chaos/scenarios'
import { build } from '@parley/launcher/build'

const usage = `npm run chaos -- [NAME] [--minutes N] [--seed S] [--only a,b] [--times 3]

${scenarios.map(({ name, promise }) => `  ${name.padEnd(14)} ${promise}`).join('\n')}

  NAME is ${scenarios[0]?.name} unless given.

  --seed     what is chosen at random is chosen by it; printed, and random unless given
  --only     rows to run, by their names; all unless named
  --times    how often each fault is repeated; default 3
  --minutes  how long a load goes on; each has its own default`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    times: { type: 'string', default: '3' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const scenario = positionals.length === 0 ? scenarios[0] : scenarios.find(({ name }) => name === positionals[0])
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Each on its own stack, on free ports and in a temporary folder, which is deleted at the end. */
async function chaos({ run }: (typeof scenarios)[number]): Promise<void> {
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  await build({ web: true, onProgress: say })
  const faults = await run({
    only: values.only.split(',').filter((name) => name !== ''),
    times: Number(values.times),
    minutes: values.minutes === undefined ? undefined : Number(values.minutes),
    seed: Number(values.seed),
    say,
    signal: stopped.signal,
  })
  for (const fault of faults) say(`✗ ${fault}`)
  say(faults.length === 0 ? '\nEvery promise was kept.' : `\n${faults.length} promises were broken.`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

if (values.help || scenario === undefined) {
  say(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  await chaos(scenario).catch((error: unknown) => {
    say(`\nThe scenario could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  })
}
