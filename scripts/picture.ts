/** Draws the import diagram of docs/architecture.md; with --check it verifies the diagram there. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'

const page = join(root, 'docs/architecture.md')
const frame = /(?<=<!-- imports -->\n)[\s\S]*?(?=<!-- \/imports -->)/
const folders = ['subgraphs', 'libs', 'gateway', 'web', 'tooling', 'schema', 'scripts', 'e2e', 'bench']
const isTest = /\.(int\.)?test\.tsx?$|\/src\/testing\//

interface Cruise {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string }[]
  }[]
}

const packageOf = (path: string): string | undefined =>
  /^(?:(?:subgraphs|libs|tooling)\/[^/]+|gateway|web|schema|scripts|e2e|bench)(?=\/)/.exec(path)?.[0]

/** Which packages each package imports, without tests. */
function importsOfPackages({ modules }: Cruise): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = packageOf(source)
    if (from === undefined) continue
    const known = imports.get(from) ?? new Set<string>()
    imports.set(from, known)
    if (isTest.test(source)) continue
    for (const { resolved } of dependencies) {
      const to = packageOf(resolved)
      if (to !== undefined && to !== from) known.add(to)
    }
  }
  return imports
}

/** All packages that a package reaches, without itself. The layer rules allow no cycle. */
function reachedFrom(name: string, imports: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const direct = [...(imports.get(name) ?? [])]
  return new Set(direct.flatMap((to) => [to, ...reachedFrom(to, imports)]))
}

function drawing(imports: ReadonlyMap<string, ReadonlySet<string>>): string {
  const names = [...imports.keys()].toSorted()
  const arrows = names.flatMap((from) => {
    const direct = [...(imports.get(from) ?? [])].toSorted()
    const farther = new Set(direct.flatMap((to) => [...reachedFrom(to, imports)]))
    return direct.filter((to) => !farther.has(to)).map((to) => `  ${from} --> ${to}`)
  })
  return ['```mermaid', 'flowchart TD', ...names.map((name) => `  ${name}`), ...arrows, '```', ''].join('\n')
}

const cruiser = join(root, 'node_modules/.bin/depcruise')
const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
const cruise = execFileSync(cruiser, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 })
const text = readFileSync(page, 'utf8')
const drawn = text.replace(frame, drawing(importsOfPackages(JSON.parse(cruise) as Cruise)))
if (!frame.test(text)) throw new Error('docs/architecture.md has no place for the drawing.')
if (!process.argv.includes('--check')) writeFileSync(page, drawn)
else if (drawn !== text) {
  process.stdout.write('docs/architecture.md draws other imports than there are (run node scripts/picture.ts)\n')
  process.exitCode = 1
}
