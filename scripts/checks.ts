import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '@parley/launcher/workspace'

const run = promisify(execFile)

export interface Check {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** It writes what others read, so nothing runs beside it. */
  readonly writes?: true
}

const folders = ['subgraphs', 'libs', 'gateway', 'web', 'tooling', 'schema', 'scripts', 'e2e', 'bench']

/** Every package with TypeScript sources. */
const projects = folders
  .flatMap((folder) => [folder, ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)])
  .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))

const tool = (name: string, command: string, ...args: string[]): Check => ({
  name,
  command: join(root, 'node_modules/.bin', command),
  args,
})
const script = (name: string, file: string, ...args: string[]): Check => ({
  name,
  command: process.execPath,
  args: [join(root, 'scripts', file), ...args],
})

/** Checks without an engine: format, types, layers, dead code, and that generated files match the code. */
export const checks: readonly Check[] = [
  // The longest first.
  tool('lint', 'eslint', '--max-warnings', '0', '.'),
  tool('formatting', 'prettier', '--check', '--log-level', 'warn', '.'),
  ...projects.map((folder) => tool(`types of ${folder}`, 'tsc', '--noEmit', '-p', folder)),
  tool('layers', 'depcruise', '--config', '.dependency-cruiser.cjs', ...folders),
  script('the drawing of the packages is true', 'picture.ts', '--check'),
  script('the tests in docs/features.md exist', 'features-check.ts'),
  tool('dead code', 'knip', '--no-progress'),
  script('schema/ is what the code says', 'schema.ts', '--check'),
  script('the schema does not break clients, or says why', 'schema-check.ts'),
  { ...script('operations of the client are what the schema says', 'codegen-check.ts'), writes: true },
]

/** Null when it passes, otherwise its output. */
export async function runCheck({ command, args }: Check): Promise<string | null> {
  try {
    await run(command, [...args], {
      cwd: root,
      maxBuffer: 64 << 20,
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
    })
    return null
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) return String(error)
    return `${String(error.stdout)}${String(error.stderr)}`.trim()
  }
}
