import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from '@parley/engines/process-identity'
import { noteServices } from '@parley/launcher/leftovers'
import { root } from '@parley/launcher/workspace'

export interface StageResult {
  readonly passed: number
  readonly failed: number
}

interface JestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  /** Files that failed without running a test: an error of import or set-up. */
  readonly numRuntimeErrorTestSuites: number
  readonly numPendingTests: number
  readonly numTotalTests: number
}

export interface StageOptions {
  readonly project: 'unit' | 'int' | 'e2e'
  readonly workers: number
  readonly reportFolder: string
  readonly signal: AbortSignal
  readonly env?: Record<string, string>
}

/**
 * Runs one Jest project in a separate process. A skipped test, a suite that cannot load and a run without tests count
 * as failures.
 */
export async function runJest({
  project,
  workers,
  reportFolder,
  signal,
  env = {},
}: StageOptions): Promise<StageResult> {
  const report = join(reportFolder, `${project}.json`)
  const args = [
    '--selectProjects',
    project,
    '--maxWorkers',
    String(workers),
    '--json',
    '--outputFile',
    report,
    // Long enough for a busy machine; a test that waits for ever still fails.
    '--testTimeout',
    '30000',
    '--forceExit',
  ]
  const code = await runInGroup(join(root, 'node_modules/.bin/jest'), args, { reportFolder, env, signal })
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport
  const nothing = result.numTotalTests === 0 ? 1 : 0
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests + nothing
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** In its own process group: a signal ends Jest's workers too. */
async function runInGroup(
  command: string,
  args: readonly string[],
  { reportFolder, env, signal }: Pick<StageOptions, 'reportFolder' | 'signal'> & { env: Record<string, string> },
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
  })
  // Recorded for the sweep after a kill -9 of this process.
  if (child.pid !== undefined) noteServices(reportFolder, [identityOf(child.pid)])
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  signal.addEventListener('abort', kill, { once: true })
  const code = await new Promise<number>((resolve, reject) => {
    child.on('exit', (status) => {
      resolve(status ?? 1)
    })
    child.on('error', reject)
  })
  signal.removeEventListener('abort', kill)
  return code
}
