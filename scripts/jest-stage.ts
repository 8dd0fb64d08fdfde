import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'

export interface StageResult {
  readonly passed: number
  readonly failed: number
}

interface JestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  /** Files that failed without a single test: a fault of import or set-up. */
  readonly numRuntimeErrorTestSuites: number
  readonly numPendingTests: number
  readonly numTotalTests: number
}

export interface StageOptions {
  readonly project: 'unit' | 'int' | 'e2e'
  readonly workers: number
  readonly reportFolder: string
  readonly env?: Record<string, string>
}

/** One Jest project in a process of its own. A skipped test, a suite that cannot load and a run without tests count as failures. */
export async function runJest({ project, workers, reportFolder, env = {} }: StageOptions): Promise<StageResult> {
  const report = join(reportFolder, `${project}.json`)
  const args = [
    '--selectProjects',
    project,
    '--maxWorkers',
    String(workers),
    '--json',
    '--outputFile',
    report,
    '--forceExit',
  ]
  const code = await new Promise<number>((resolve) => {
    const child = spawn(join(root, 'node_modules/.bin/jest'), args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
    })
    child.on('exit', (status) => resolve(status ?? 1))
  })
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport
  const nothing = result.numTotalTests === 0 ? 1 : 0
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests + nothing
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}
