import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { toEnvironment } from '@parley/engines/addresses'
import { LockFile } from '@parley/engines/lock-file'
import { startEngines } from '@parley/engines/start-engines'
import { sweepAbandoned } from '@parley/launcher/abandoned'
import { build } from '@parley/launcher/build'
import { checks, runCheck } from './checks.ts'
import type { Check } from './checks.ts'
import { runJest } from './jest-stage.ts'
import type { StageResult } from './jest-stage.ts'

const usage = `npm test -- [checks] [unit] [int] [e2e]      all of them unless named`

const say = (line: string) => process.stdout.write(`${line}\n`)
const runPrefix = 'parley-test-'
const stages = ['checks', 'unit', 'int', 'e2e'] as const
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h', default: false } },
})
const stopped = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    stopped.abort(new Error('interrupted'))
  })
}
const { signal } = stopped
const asked = stages.filter((stage) => positionals.length === 0 || positionals.includes(stage))

/** Two at a time, as each keeps one core busy; each is told of when it ends. */
async function runChecks(): Promise<StageResult> {
  const waiting = checks.filter(({ writes }) => writes !== true)
  let failed = 0
  const judge = async (check: Check) => {
    signal.throwIfAborted()
    if (!(await passes(check))) failed += 1
  }
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await judge(check)
  }
  await Promise.all([work(), work()])
  for (const check of checks.filter(({ writes }) => writes)) await judge(check)
  return { passed: checks.length - failed, failed }
}

async function passes(check: Check): Promise<boolean> {
  const started = performance.now()
  const fault = await runCheck(check)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  say(`${fault === null ? '✓' : '✗'} ${check.name.padEnd(52)} ${seconds} s`)
  if (fault !== null) say(fault.slice(-20_000))
  return fault === null
}

/** Separate engines, on free ports and in a temporary folder, for all integration tests together. */
async function runIntegration(folder: string): Promise<StageResult> {
  const engines = await startEngines({ dataDir: join(folder, 'int'), ephemeral: true, onProgress: say, signal })
  try {
    const env = toEnvironment(engines.addresses)
    return await runJest({ project: 'int', workers: 2, reportFolder: folder, signal, env })
  } finally {
    await engines.stop()
  }
}

async function runStage(stage: (typeof stages)[number], folder: string): Promise<StageResult> {
  say(`\n── ${stage}`)
  if (stage === 'checks') return runChecks()
  if (stage === 'unit') return runJest({ project: 'unit', workers: 2, reportFolder: folder, signal })
  if (stage === 'int') return runIntegration(folder)
  return runJest({ project: 'e2e', workers: 1, reportFolder: folder, signal })
}

/** Removes the stacks of killed tests, of this or an earlier run. */
async function sweep(): Promise<void> {
  for (const prefix of [runPrefix, 'parley-e2e-', 'parley-engines-']) {
    const swept = await sweepAbandoned(tmpdir(), prefix)
    if (swept > 0) say(`stopped and deleted ${swept} stacks that killed tests had left`)
  }
}

async function test(): Promise<void> {
  const started = performance.now()
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), runPrefix))
  const lock = await LockFile.take(folder, () => Promise.resolve())
  const total = { passed: 0, failed: 0 }
  try {
    await build({ web: asked.includes('e2e'), onProgress: say })
    for (const stage of asked) {
      signal.throwIfAborted()
      const { passed, failed } = await runStage(stage, folder)
      total.passed += passed
      total.failed += failed
    }
  } finally {
    await sweep()
    lock.release()
    rmSync(folder, { recursive: true, force: true })
  }
  signal.throwIfAborted()
  say(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes`)
  say(`${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

if (values.help || positionals.some((name) => !stages.some((stage) => stage === name))) {
  say(usage)
  process.exitCode = values.help ? 0 : 2
} else {
  await test().catch((error: unknown) => {
    say(`\nThe tests could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    say('0 passed, 1 failed')
    process.exitCode = 1
  })
}
