/**
 * The entry of `npm start`, `npm test` and the other commands. It runs on any Node (20 or later) and needs no package:
 * it installs the pinned Node and pnpm and the dependencies, and then runs scripts/<verb>.ts.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const verbs = [
  'start',
  'test',
  'doctor',
  'engines',
  'schema',
  'schema-check',
  'schema-release',
  'rover',
  'chaos',
  'bench',
  'verify',
]
const { toolchain } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const cache = process.env.PARLEY_CACHE ?? join(homedir(), '.cache', 'parley')
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

function fail(message) {
  process.stderr.write(`\nParley cannot go on: ${message}\n`)
  process.exit(1)
}

/**
 * Runs a step silently; its output is shown only when it fails. Progress goes to stderr: stdout is the command's own.
 */
function step(title, work) {
  const started = performance.now()
  const note = work()
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  process.stderr.write(`${title.padEnd(32)} ${note ?? ''}${note ? ', ' : ''}${seconds} s\n`)
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20, ...options })
  if (result.error !== undefined) fail(`${command} could not be run (${result.error.message}).`)
  if (result.status === 0) return
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  fail(`"${[command, ...args].join(' ')}" ended with ${result.status ?? result.signal}; its output is above.`)
}

/** Installed in a temporary folder and then renamed: two concurrent first runs do not disturb each other. */
function bringToolchain() {
  const home = join(cache, `toolchain-node-${toolchain.node}-pnpm-${toolchain.pnpm}`)
  if (existsSync(home)) return { home, note: 'from the cache' }
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'toolchain-'))
  const packages = [`${nodePackage}@${toolchain.node}`, `pnpm@${toolchain.pnpm}`]
  run('npm', ['install', '--prefix', draft, '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    shell: process.platform === 'win32',
  })
  try {
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
  return { home, note: 'fetched' }
}

const [verb, ...args] = process.argv.slice(2)
if (!verbs.includes(verb)) fail(`there is no command "${verb}". There are: ${verbs.join(', ')}.`)
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old; 20 or later will do.`)

let tools
step(`Node ${toolchain.node}, pnpm ${toolchain.pnpm}`, () => {
  const { home, note } = bringToolchain()
  tools = join(home, 'node_modules')
  return note
})
const node = join(tools, nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
if (!existsSync(node))
  fail(`there is no Node ${toolchain.node} for ${process.platform} ${process.arch} among the packages.`)
const path = [join(tools, nodePackage, 'bin'), join(tools, '.bin'), process.env.PATH].join(delimiter)
const env = { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', COREPACK_ENABLE_STRICT: '0' }
step('Packages', () => run('pnpm', ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'], { env }))

const child = spawn(node, [join(root, 'scripts', `${verb}.ts`), ...args], {
  cwd: root,
  env,
  stdio: 'inherit',
})
// A terminal signals the whole group; a signal to this process alone must reach the child too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// When only npm is killed, the shell between does not pass the signal on: so the parent is watched.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM')
}, 1_000).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
