import { renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { toEnvironment } from './addresses.ts'
import { diagnoseEngines, printDiagnosis } from './doctor.ts'
import { defaultEngines } from './engine.ts'
import type { Machine } from './engine.ts'
import { readLock, releaseLeftovers } from './lock-file.ts'
import { thisMachine } from './machine.ts'
import { buildRust, rustBuild, rustObstacle } from './mongo-rust.ts'
import { messageOf } from './process.ts'
import { isAlive, signal } from './process-identity.ts'
import { engineByName } from './registry.ts'
import { startEngines } from './start-engines.ts'

const usage = `npm run engines -- <command>

  start [--data DIR] [--env FILE]   start all engines and stay; prints their addresses as PARLEY_… variables
  stop  [--data DIR]                stop the engines of DIR, and what a killed launcher left of them
  fetch                             fetch what is missing into the cache, start nothing
  build                             build the faster MongoDB server and the S3 server; used from then on
  doctor                            what is present, what is missing, and what to do`

const say = (line: string) => console.error(line)

async function start(dataDir: string, envFile: string | undefined): Promise<void> {
  const stopped = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopped.abort())
  const engines = await startEngines({ dataDir, onProgress: say, signal: stopped.signal })
  const lines = Object.entries(toEnvironment(engines.addresses)).map(([name, value]) => `export ${name}='${value}'\n`)
  console.log(lines.join('').trimEnd())
  if (envFile) writeWhole(envFile, lines.join(''))
  await engines.keepUp(stopped.signal, say)
  // External engines are not watched: without engines of our own, only the signal is awaited.
  while (!stopped.signal.aborted) await pause(60_000, undefined, { signal: stopped.signal }).catch(() => undefined)
  await engines.stop()
}

/** A reader sees the old file or the new one, never a part. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.draft`, text)
  renameSync(`${file}.draft`, file)
}

async function stop(dataDir: string): Promise<void> {
  const lock = readLock(dataDir)
  if (!lock) {
    say(`no engines run from ${dataDir}`)
    return
  }
  signal(lock.launcher, 'SIGTERM')
  while (isAlive(lock.launcher)) await pause(50)
  await releaseLeftovers(dataDir, (engine, processes) => engineByName(engine).stop(processes))
  say('stopped')
}

async function fetchAll(machine: Machine): Promise<void> {
  const outcomes = await Promise.allSettled(
    [...defaultEngines, 'browser' as const].map(async (name) => {
      const engine = engineByName(name)
      if (await engine.locate(machine)) {
        say(`${name.padEnd(8)} present`)
        return
      }
      const obstacle = await engine.obstacle(machine)
      if (obstacle) throw new Error(`${name}: ${obstacle}`)
      const program = await engine.fetch(machine, (line) => say(`${name.padEnd(8)} ${line}`))
      say(`${name.padEnd(8)} ${program.label}`)
    }),
  )
  throwFailures(outcomes)
}

async function build(machine: Machine): Promise<void> {
  const s3 = engineByName('s3')
  const builders = [
    { name: 's3', obstacle: await s3.obstacle(machine), done: await s3.locate(machine), make: s3.fetch },
    { name: 'mongo', obstacle: rustObstacle(machine), done: rustBuild(machine), make: buildRust },
  ]
  const outcomes = await Promise.allSettled(
    builders.map(async ({ name, obstacle, done, make }) => {
      if (done) {
        say(`${name.padEnd(8)} present`)
        return
      }
      if (obstacle) throw new Error(`${name}: ${obstacle}`)
      await make(machine, (line) => say(`${name.padEnd(8)} ${line}`))
      say(`${name.padEnd(8)} built`)
    }),
  )
  throwFailures(outcomes)
}

function throwFailures(outcomes: PromiseSettledResult<unknown>[]): void {
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [messageOf(outcome.reason)] : []))
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

async function doctor(): Promise<void> {
  const diagnosis = await diagnoseEngines()
  console.log(printDiagnosis(diagnosis))
  if (!diagnosis.isHealthy) process.exitCode = 1
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string', default: '.parley/engines' }, env: { type: 'string' } },
  })
  const dataDir = resolve(values.data)
  const commands: Record<string, () => Promise<void>> = {
    start: () => start(dataDir, values.env),
    stop: () => stop(dataDir),
    fetch: () => fetchAll(thisMachine()),
    build: () => build(thisMachine()),
    doctor,
  }
  const command = commands[positionals[0] ?? '']
  if (!command) throw new Error(usage)
  await command()
}

main().catch((error: unknown) => {
  say(messageOf(error))
  process.exit(1)
})
