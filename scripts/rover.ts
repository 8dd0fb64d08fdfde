import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '@parley/launcher/workspace'

const federation = '2.14.4'
const plugins = join(root, '.parley', 'rover')

/** Rover would download this executable; ours composes with the same package as `npm run schema`. */
function installComposer(): void {
  mkdirSync(plugins, { recursive: true })
  const composer = join(root, 'schema/src/rover-composer.ts')
  writeFileSync(
    join(plugins, `supergraph-v${federation}`),
    `#!/bin/sh\nexec "${process.execPath}" "${composer}" "$@"\n`,
    { mode: 0o755 },
  )
}

const requireHere = createRequire(join(root, 'schema/package.json'))
const launcher = createRequire(requireHere.resolve('@apollo/rover/package.json'))
const platform = `@apollo/rover-${process.platform}-${process.arch}`
const folder = dirname(launcher.resolve(`${platform}/package.json`))
installComposer()
const { status } = spawnSync(join(folder, 'rover'), ['--skip-update-check', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    APOLLO_NODE_MODULES_BIN_DIR: plugins,
    APOLLO_ELV2_LICENSE: 'accept',
    APOLLO_TELEMETRY_DISABLED: '1',
  },
})
process.exitCode = status ?? 1
