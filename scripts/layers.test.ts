import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(__dirname, '..')
const config = join(root, '.dependency-cruiser.cjs')
const folders = ['subgraphs', 'libs', 'gateway', 'web', 'tooling', 'e2e']

interface Plant {
  readonly rule: string
  readonly from: string
  readonly to: string
}

/** One violation of each rule: `from` imports `to`. */
const plants: readonly Plant[] = [
  {
    rule: 'domain-imports-nothing-but-pure-libraries',
    from: 'subgraphs/a/src/domain/rule.ts',
    to: 'subgraphs/a/src/application/case.ts',
  },
  {
    rule: 'application-knows-no-adapter',
    from: 'subgraphs/a/src/application/case.ts',
    to: 'subgraphs/a/src/infrastructure/adapter.ts',
  },
  {
    rule: 'presentation-knows-no-adapter',
    from: 'subgraphs/a/src/presentation/x.ts',
    to: 'subgraphs/a/src/infrastructure/adapter.ts',
  },
  {
    rule: 'infrastructure-knows-no-presentation',
    from: 'subgraphs/a/src/infrastructure/y.ts',
    to: 'subgraphs/a/src/presentation/x.ts',
  },
  { rule: 'subgraphs-do-not-import-each-other', from: 'subgraphs/b/src/main.ts', to: 'subgraphs/a/src/domain/rule.ts' },
  { rule: 'libraries-know-no-service', from: 'libs/platform/src/z.ts', to: 'subgraphs/a/src/domain/rule.ts' },
  { rule: 'what-runs-in-production-knows-no-tooling', from: 'libs/platform/src/y.ts', to: 'tooling/launcher/src/l.ts' },
  { rule: 'the-kernel-depends-on-nothing', from: 'libs/kernel/src/k.ts', to: 'libs/platform/src/p.ts' },
  { rule: 'the-text-depends-on-nothing', from: 'libs/text/src/t.ts', to: 'libs/kernel/src/errors.ts' },
  { rule: 'federation-could-be-published', from: 'libs/federation/src/f.ts', to: 'libs/kernel/src/errors.ts' },
  { rule: 'the-gateway-knows-nothing-of-chat', from: 'gateway/src/g.ts', to: 'libs/contracts/src/c.ts' },
  { rule: 'the-web-client-knows-no-server-code', from: 'web/lib/server.ts', to: 'libs/kernel/src/errors.ts' },
  { rule: 'features-do-not-import-each-other', from: 'web/features/one/f.ts', to: 'web/features/two/f.ts' },
  { rule: 'shared-web-code-knows-no-feature', from: 'web/components/c.ts', to: 'web/features/two/f.ts' },
  { rule: 'features-know-no-route', from: 'web/features/three/f.ts', to: 'web/app/page.ts' },
  { rule: 'the-web-client-navigates-without-next', from: 'web/lib/n.ts', to: 'node_modules/next/navigation.ts' },
  { rule: 'the-engines-know-nothing-of-chat', from: 'tooling/engines/src/e.ts', to: 'libs/platform/src/p.ts' },
  { rule: 'every-import-leads-somewhere', from: 'e2e/lost.ts', to: 'e2e/nowhere' },
  { rule: 'no-circle', from: 'e2e/one.ts', to: 'e2e/one.ts' },
]

describe('the layer rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-layers-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('find a planted violation of each rule, and each rule has one', () => {
    // A target without a suffix is not created: it is the import that does not resolve.
    for (const { to } of plants) if (to.endsWith('.ts')) write(to, 'export const planted = 1')
    for (const { from, to } of plants) {
      write(from, `import { planted } from '${relativePath(from, to)}'\nexport const used = planted`)
    }
    write('e2e/one.ts', "import { other } from './other'\nexport const one = () => other")
    write('e2e/other.ts', "import { one } from './one'\nexport const other = () => one")
    for (const name of folders) mkdirSync(join(folder, name), { recursive: true })
    const found = new Set(violations().map(({ rule }) => rule.name))
    expect([...found].toSorted()).toEqual(plants.map(({ rule }) => rule).toSorted())
    expect(ruleNames().toSorted()).toEqual(plants.map(({ rule }) => rule).toSorted())
  })

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  /** dependency-cruiser's exit code is the number of errors. */
  function violations(): { rule: { name: string } }[] {
    const bin = join(root, 'node_modules/.bin/depcruise')
    const args = ['--config', config, '--output-type', 'json', ...folders]
    const output = runAnyway(bin, args)
    return (JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } }).summary.violations
  }

  function runAnyway(bin: string, args: string[]): string {
    try {
      return execFileSync(bin, args, { cwd: folder, encoding: 'utf8', maxBuffer: 32 << 20 })
    } catch (error) {
      if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return error.stdout
      throw error
    }
  }
})

function ruleNames(): string[] {
  const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>(config)
  return forbidden.map(({ name }) => name)
}

function relativePath(from: string, to: string): string {
  const up = dirname(from)
    .split('/')
    .map(() => '..')
  return `${up.join('/')}/${to.replace(/\.ts$/, '')}`
}
