/**
 * A server of MongoDB's wire protocol: mongod from PATH, else SecantusDB, which keeps WiredTiger files as mongod does:
 * its Rust build if `engines build` made it, else the Python package.
 */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { inCache, pipInstall, run } from './cache.ts'
import type { Engine, Machine, Program } from './engine.ts'
import { stopProcesses } from './process.ts'
import { findPython, pythonObstacle } from './python.ts'
import { isAtLeast, parseVersion, pinned } from './versions.ts'

const oldestVersion = [6]
const replicaSet = 'parley'

/** mongodb://127.0.0.1:27017/?directConnection=true */
export const mongo: Engine<string> = {
  name: 'mongo',

  async locate(machine, folder) {
    const address = machine.env['PARLEY_MONGO_URL']
    if (address) return { from: 'environment', address }
    const kept = folder ? keptFlavours(folder, machine.list) : []
    for (const candidate of [await mongod(machine), rustBuild(machine), pythonPackage(machine)]) {
      const fits = kept.length === 0 || kept.includes(candidate?.flavour ?? '')
      if (candidate && fits) return { from: 'machine', program: candidate }
    }
    return null
  },

  obstacle: pythonObstacle,

  async fetch(machine, report) {
    const python = await findPython(machine)
    report(`fetching SecantusDB ${pinned.secantus} from PyPI`)
    const folder = await inCache(machine, `${cachePrefix}${python.version}`, (draft) =>
      pipInstall(python.command, draft, [`SecantusDB==${pinned.secantus}`]),
    )
    return pythonProgram(python.command, folder)
  },

  async start(program, home) {
    const flavour = program.flavour ?? ''
    const kept = keptFlavours(home.folder, readdirSync)
    if (kept.length > 0 && !kept.includes(flavour)) {
      throw new Error(
        `${home.folder} holds data of ${kept.join(', ')}, which is gone: bring it back, or delete the data`,
      )
    }
    const data = join(home.folder, `${dataPrefix}${flavour}`)
    mkdirSync(data, { recursive: true })
    const [port] = await home.ports(1)
    const storage = flavour === 'mongod' ? '--dbpath' : '--storage-path'
    const args = [...program.args, '--port', String(port), storage, data]
    const server = home.spawn('mongo', program.command, args, { env: program.env ?? {}, cwd: home.folder })
    return { address: `mongodb://127.0.0.1:${port}/?directConnection=true`, processes: [server] }
  },

  async ready(address) {
    const limits = { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 3000 }
    const client = new MongoClient(address, { ...limits, retryWrites: false })
    try {
      await expectPrimary(client, new URL(address).host)
      // A server whose writers wait for a lock for ever still greets: only a write tells.
      const heartbeat = client.db('parley_engine').collection<{ _id: string; at: Date }>('heartbeat')
      await heartbeat.updateOne({ _id: 'launcher' }, { $set: { at: new Date() } }, { upsert: true })
    } finally {
      await client.close()
    }
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

/**
 * Data stays with the server that wrote it. The two builds of SecantusDB open each other's files, but the Python one
 * does not enforce the unique indexes that the Rust one has written to: duplicates were seen.
 */
const dataPrefix = 'data-'

function keptFlavours(folder: string, list: Machine['list']): string[] {
  const written = list(folder).filter((name) => name.startsWith(dataPrefix) && list(join(folder, name)).length > 0)
  return written.map((name) => name.slice(dataPrefix.length))
}

async function mongod(machine: Machine): Promise<Program | null> {
  const command = machine.which('mongod')
  const version = command ? parseVersion(await machine.output(command, ['--version'])) : null
  if (!command || !isAtLeast(version, oldestVersion)) return null
  const args = ['--replSet', replicaSet, '--bind_ip', '127.0.0.1', '--wiredTigerCacheSizeGB', '0.25']
  return { command, args, label: `MongoDB ${version.join('.')} (${command})`, flavour: 'mongod' }
}

/**
 * Synced at every commit: an acknowledged write must survive a crash, as mongod's journal makes it. Standalone: without an
 * oplog, which nobody here reads. Pruned at its bound of 100,000 entries, it stopped the Python server for ever; and a driver
 * sends no retryable writes to a standalone server, whose list of them each write would scan.
 */
const serverFlags = ['--host', '127.0.0.1', '--sync-on-commit', '--standalone']

const rustFolder = `secantusd-rs-${pinned.secantusRust}`

export function rustObstacle(machine: Machine): string | null {
  const lacking = ['cargo', 'cmake', 'ninja'].filter((tool) => !machine.which(tool))
  return lacking.length === 0 ? null : `${lacking.join(', ')} needed (Debian: apt-get install cargo cmake ninja-build)`
}

export function hasRustBuild(machine: Machine): boolean {
  return rustBuild(machine) !== null
}

/** Builds the faster server from its source; from then on `locate` finds it. */
export async function buildRust(machine: Machine, report: (line: string) => void): Promise<void> {
  report(`building secantusd-rs ${pinned.secantusRust} with Cargo, about six minutes on two cores`)
  await inCache(machine, rustFolder, (draft) => {
    const version = ['--version', pinned.secantusRust, '--ignore-rust-version']
    return run('cargo', ['install', 'secantus-mdb', ...version, '--root', draft], draft)
  })
}

function rustBuild(machine: Machine): Program | null {
  const command = join(machine.cache, rustFolder, 'bin', 'secantusd-rs')
  if (!machine.exists(command)) return null
  const label = `SecantusDB ${pinned.secantusRust} in Rust (cache)`
  return { command, args: [...serverFlags, '--cache-size', '512M'], label, flavour: 'secantus-rust' }
}

const cachePrefix = `secantus-${pinned.secantus}-py`

/** Compiled for one minor version of Python, which the folder's name ends with. */
function pythonPackage(machine: Machine): Program | null {
  for (const name of machine.list(machine.cache)) {
    const version = name.startsWith(cachePrefix) ? name.slice(cachePrefix.length) : ''
    const python = /^\d+\.\d+$/.test(version) ? machine.which(`python${version}`) : null
    if (python) return pythonProgram(python, join(machine.cache, name))
  }
  return null
}

function pythonProgram(python: string, folder: string): Program {
  return {
    command: python,
    args: ['-c', 'from secantus.cli import main; main()', ...serverFlags, '--cache-size', '256M'],
    env: { PYTHONPATH: folder },
    label: `SecantusDB ${pinned.secantus} (cache)`,
    flavour: 'secantus',
  }
}

/** mongod starts as a replica set without members: told once, it elects itself. */
async function expectPrimary(client: MongoClient, host: string): Promise<void> {
  const admin = client.db('admin')
  const hello = await admin.command({ hello: 1 })
  if (hello['isWritablePrimary'] === true) return
  const isNew = hello['isreplicaset'] === true
  if (isNew) await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } })
  throw new Error('the server is not a writable primary yet')
}
