import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { exclusively } from '@parley/engines/claim'
import { entryOf, root, subgraphs } from './workspace.ts'

const run = promisify(execFile)
/** Build output and dependencies, which are not sources. */
const leaveOut = new Set(['node_modules', 'dist', '.next', '.turbo', 'next-env.d.ts'])
const libraries = ['kernel', 'text', 'contracts', 'federation', 'platform', 'memberships'].map((name) => `libs/${name}`)

interface Target {
  /** Relative to the root; also the filter for pnpm. */
  readonly folder: string
  /** Its other inputs besides its own folder. */
  readonly from: readonly string[]
  readonly output: string
}

const common = ['.swcrc', 'tsconfig.base.json', 'pnpm-lock.yaml']
const services: readonly Target[] = [
  ...subgraphs.map((name) => ({ folder: `subgraphs/${name}`, from: common })),
  // Its bundle contains the libraries.
  { folder: 'gateway', from: [...common, ...libraries] },
].map(({ folder, from }) => ({ folder, from, output: `${folder}/dist/main.js` }))
const targets = { libraries: libraries.map((folder) => ({ folder, from: common, output: `${folder}/dist` })), services }
const web: Target = {
  folder: 'web',
  from: ['schema/api.graphql', 'libs/kernel/src/limits.ts', 'libs/text', 'pnpm-lock.yaml'],
  output: relative(root, entryOf('web')),
}

export interface BuildOptions {
  readonly web: boolean
  readonly onProgress: (line: string) => void
}

/**
 * Builds packages whose sources have changed, by their content: libraries first, then services concurrently, then the
 * web client. Of two concurrent commands, one builds and the other waits.
 */
export async function build(options: BuildOptions): Promise<void> {
  mkdirSync(join(root, '.parley'), { recursive: true })
  await exclusively(join(root, '.parley', 'build.lock'), () => buildAll(options))
}

async function buildAll(options: BuildOptions): Promise<void> {
  for (const library of targets.libraries) await buildIfStale(library, options.onProgress)
  await Promise.all(targets.services.map((service) => buildIfStale(service, options.onProgress)))
  if (options.web && (await buildIfStale(web, options.onProgress))) completeStandalone()
}

async function buildIfStale({ folder, from, output }: Target, onProgress: (line: string) => void): Promise<boolean> {
  const stamp = join(root, '.parley', 'built', folder.replaceAll('/', '-'))
  const hash = hashOf([folder, ...from])
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  const started = performance.now()
  rmSync(stamp, { force: true })
  try {
    await run('pnpm', ['--filter', `./${folder}`, 'run', 'build'], { cwd: root, maxBuffer: 64 << 20 })
  } catch (error) {
    const output = outputOf(error)
    throw new Error(`The build of ${folder} failed:\n${output.trim()}`, { cause: error })
  }
  mkdirSync(join(root, '.parley', 'built'), { recursive: true })
  writeFileSync(stamp, hash)
  onProgress(`${`build ${folder}`.padEnd(32)} done in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
  return true
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) return String(error)
  return `${String(error.stdout)}\n${String(error.stderr)}`
}

/** Next's standalone server needs its static files copied beside it when there is no CDN. */
function completeStandalone(): void {
  const to = join(root, 'web/.next/standalone/web')
  cpSync(join(root, 'web/.next/static'), join(to, '.next/static'), { recursive: true })
  if (existsSync(join(root, 'web/public'))) cpSync(join(root, 'web/public'), join(to, 'public'), { recursive: true })
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of filesIn(join(root, path))) hash.update(relative(root, file)).update(readFileSync(file))
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return []
  const entries = tryReadFolder(path)
  if (entries === null) return [path]
  return entries
    .filter((name) => !leaveOut.has(name) && !/\.test\.tsx?$|\.tsbuildinfo$/.test(name))
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)))
}

function tryReadFolder(path: string): string[] | null {
  try {
    return readdirSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null
    throw error
  }
}
