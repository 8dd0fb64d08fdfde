import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'

const web = join(root, 'web')

/** All generated files of the web client with their text. */
function generated(): ReadonlyMap<string, string> {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.includes('__generated__/') && !path.includes('node_modules') && !path.startsWith('.next'),
  )
  return new Map([...files, 'trusted-documents.json'].map((path) => [path, readFileSync(join(web, path), 'utf8')]))
}

const before = generated()
execFileSync('pnpm', ['--filter', '@parley/web', 'run', 'codegen'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
const after = generated()
const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
)
for (const path of differing)
  process.stdout.write(`differs from the schema: web/${path} (run pnpm --filter @parley/web codegen)\n`)
process.exitCode = differing.length > 0 || after.size === 0 ? 1 : 0
