import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { thisMachine } from '@parley/engines/machine'
import { buildRustMeanwhile } from '@parley/engines/mongo-rust'
import { build } from '@parley/launcher/build'
import { choosePort } from '@parley/launcher/front-port'
import { printIdle } from '@parley/launcher/idle'
import { keepAlive } from '@parley/launcher/keep-alive'
import { stopLeftovers } from '@parley/launcher/leftovers'
import { printMemory } from '@parley/launcher/memory'
import { startStack } from '@parley/launcher/stack'
import { root } from '@parley/launcher/workspace'
import { seedLargeDemo, seedSmallDemo } from '@parley/launcher/demo/seed'

const usage = `npm start -- [--port 3000] [--data .parley/data] [--demo[=large]] [--memory] [--idle]

  --demo    fill in people and conversations, and print how to sign in;
            --demo=large: 1,000 people, 2,000 conversations and 300,000 messages
  --memory  print the resident memory of every process when all is up
  --idle    print the CPU use of each process without any load`

/** `--demo` alone means the small one. */
const args = process.argv.slice(2).map((argument) => (argument === '--demo' ? '--demo=small' : argument))

const { values } = parseArgs({
  args,
  options: {
    port: { type: 'string' },
    data: { type: 'string', default: join(root, '.parley', 'data') },
    demo: { type: 'string' },
    memory: { type: 'boolean', default: false },
    idle: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const say = (line: string) => process.stdout.write(`${line}\n`)

async function start(): Promise<void> {
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  const started = performance.now()
  const left = await stopLeftovers(values.data)
  if (left > 0) say(`stopped ${left} services that a killed start had left running`)
  await build({ web: true, onProgress: say })
  const frontPort = await choosePort(values.port ?? process.env['PORT'])
  const stack = await startStack({ dataDir: values.data, frontPort, onProgress: say, signal: stopped.signal })
  try {
    const [url = ''] = stack.urls
    if (values.demo === 'small') await seedSmallDemo(stack, values.data, say)
    else if (values.demo === 'large') await seedLargeDemo(stack, values.data, say)
    if (values.memory) printMemory(stack, say)
    say(`\nParley is ready after ${((performance.now() - started) / 1_000).toFixed(0)} s: ${url}\nCtrl+C stops it.`)
    const meanwhile = [keepAlive(stack, stopped.signal, say)]
    // Engines in Docker or given by an address have no process here.
    if (stack.engines.pids.mongo.length > 0) meanwhile.push(buildRustMeanwhile(thisMachine(), stopped.signal, say))
    if (values.idle) meanwhile.push(printIdle(stack, say))
    await Promise.all(meanwhile)
  } finally {
    say('Stopping')
    await stack.stop()
  }
}

if (values.help || !['small', 'large', undefined].includes(values.demo)) say(usage)
else
  await start().catch((error: unknown) => {
    process.stderr.write(
      `\nParley did not start: ${error instanceof Error ? error.message : String(error)}\n"npm run doctor" says what is missing.\n`,
    )
    process.exitCode = 1
  })
