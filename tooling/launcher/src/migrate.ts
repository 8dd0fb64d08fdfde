import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folderOf, root } from './workspace.ts'
import type { Subgraph } from './workspace.ts'

const run = promisify(execFile)

/** The migrations of one subgraph, in a separate process: the same command that a deployment runs. */
export const migrateSubgraph = (name: Subgraph, env: Record<string, string>): Promise<void> =>
  runNode(`the migrations of ${name}`, join(folderOf(name), 'dist/migrate.js'), env)

export const createTopics = (env: Record<string, string>): Promise<void> =>
  runNode('the creation of topics', join(root, 'libs/platform/dist/kafka/create-topics.main.js'), env)

/** Imports a subgraph's part of the demo plan into its stores, in bulk. */
export const importDemo = (name: Subgraph, env: Record<string, string>, args: readonly string[]): Promise<void> =>
  runNode(`the import of ${name}`, join(folderOf(name), 'dist/import-demo.js'), env, args)

/** What has drifted from the log in the message subgraph, a line for each kind: the command that an operator runs. */
export async function driftedProjections(env: Record<string, string>): Promise<readonly string[]> {
  const script = join(folderOf('message'), 'dist/verify.js')
  try {
    await run(process.execPath, [script], { env: { ...process.env, ...env } })
    return []
  } catch (error) {
    const { code, stdout } = error as { readonly code?: unknown; readonly stdout?: unknown }
    // 1 is drift; it did not come to an end with any other.
    if (code !== 1 || typeof stdout !== 'string' || !stdout.includes('drifted')) throw error
    return stdout.split('\n').filter((line) => line.includes('drifted') && !line.includes(' 0 drifted'))
  }
}

async function runNode(
  what: string,
  script: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<void> {
  try {
    await run(process.execPath, [script, ...args], { env: { ...process.env, ...env } })
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`${what} failed:\n${output.trim()}`, { cause: error })
  }
}
