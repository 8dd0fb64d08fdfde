/**
 * A server of MongoDB's wire protocol: mongod from PATH, else SecantusDB, which uses WiredTiger files like mongod: its
 * Rust build if `engines build` made it, else the Python package.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { inCache, pipInstall } from './cache.ts'
import type { Engine, Home, Machine, Program, Running } from './engine.ts'
import { copyAll, heartbeatDatabase } from './mongo-copy.ts'
import { freePorts } from './ports.ts'
import { rustBuild, rustFlavour, serverFlags } from './mongo-rust.ts'
import { stopProcesses, untilReady } from './process.ts'
import { findPython, pythonObstacle } from './python.ts'
import { isAtLeast, parseVersion, pinned } from './versions.ts'

const oldestVersion = [6]
const replicaSet = 'parley'
const pythonFlavour = 'secantus'

/** mongodb://127.0.0.1:27017/?directConnection=true */
export const mongo: Engine<string> = {
  name: 'mongo',

  async locate(machine, folder) {
    const address = machine.env['PARLEY_MONGO_URL']
    if (address) return { from: 'environment', address }
    const kept = folder ? keptFlavours(folder, machine.list) : []
    const python = pythonPackage(machine)
    for (const candidate of [await mongod(machine), rustBuild(machine), python]) {
      if (!candidate) continue
      if (kept.length === 0 || kept.includes(candidate.flavour ?? '')) return { from: 'machine', program: candidate }
      const succeeds = candidate.flavour === rustFlavour && kept.includes(pythonFlavour) && python !== null
      if (succeeds) return { from: 'machine', program: { ...candidate, successorOf: python } }
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
    if (program.successorOf && !kept.includes(flavour)) await moveData(program.successorOf, program, home)
    else if (kept.length > 0 && !kept.includes(flavour)) {
      throw new Error(
        `${home.folder} holds data of ${kept.join(', ')}, which is gone: bring it back, or delete the data`,
      )
    }
    const [port] = await home.ports(1)
    return spawnServer(program, home, dataFolder(home.folder, flavour), Number(port))
  },

  async ready(address) {
    const limits = { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 3000 }
    const client = new MongoClient(address, { ...limits, retryWrites: false })
    try {
      await expectPrimary(client, new URL(address).host)
      // A server whose writers are deadlocked still answers a ping: only a write shows it.
      const heartbeat = client.db(heartbeatDatabase).collection<{ _id: string; at: Date }>('heartbeat')
      await heartbeat.updateOne({ _id: 'launcher' }, { $set: { at: new Date() } }, { upsert: true })
    } finally {
      await client.close()
    }
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

function spawnServer(program: Program, home: Home, data: string, port: number): Running<string> {
  mkdirSync(data, { recursive: true })
  const storage = program.flavour === 'mongod' ? '--dbpath' : '--storage-path'
  const args = [...program.args, '--port', String(port), storage, data]
  const server = home.spawn('mongo', program.command, args, { env: program.env ?? {}, cwd: home.folder })
  return { address: `mongodb://127.0.0.1:${port}/?directConnection=true`, processes: [server] }
}

/**
 * Data stays with the server that wrote it, or is copied through the protocol. The two builds of SecantusDB can open
 * each other's files, but the Python one does not enforce the unique indexes that the Rust one has written to:
 * duplicates were seen.
 */
const dataPrefix = 'data-'

const dataFolder = (folder: string, flavour: string): string => join(folder, `${dataPrefix}${flavour}`)

/**
 * Both servers run at the same time while every collection is copied. The copy gets its final name when it is complete
 * and verified, so an interrupted move starts again; the old data are renamed, and kept.
 */
async function moveData(before: Program, after: Program, home: Home): Promise<void> {
  const draft = join(home.folder, 'moving')
  rmSync(draft, { recursive: true, force: true })
  const [oldPort, newPort] = await freePorts(2)
  const old = dataFolder(home.folder, before.flavour ?? '')
  const from = spawnServer(before, home, old, Number(oldPort))
  const to = spawnServer(after, home, draft, Number(newPort))
  const both = [...from.processes, ...to.processes]
  try {
    for (const { address, processes } of [from, to]) await untilReady(processes, () => mongo.ready(address))
    home.report(`moving the data to ${after.label}`)
    const moved = await copyAll(from.address, to.address, home.report)
    home.report(`moved ${moved} documents; what was before stays in ${home.folder} as ${formerName(before)}`)
  } finally {
    await mongo.stop(both.map(({ identity }) => identity))
    for (const process of both) home.forget(process)
  }
  renameSync(draft, dataFolder(home.folder, after.flavour ?? ''))
  renameSync(old, join(home.folder, formerName(before)))
}

const formerName = ({ flavour }: Program): string => `former-${flavour}`

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

const cachePrefix = `secantus-${pinned.secantus}-py`

/** Compiled for one minor version of Python, which is the end of the folder's name. */
function pythonPackage(machine: Machine): Program | null {
  for (const name of machine.list(machine.cache)) {
    const version = name.startsWith(cachePrefix) ? name.slice(cachePrefix.length) : ''
    const python = /^\d+\.\d+$/.test(version) ? machine.which(`python${version}`) : null
    if (python) return pythonProgram(python, join(machine.cache, name))
  }
  return null
}

const pythonServer = join(import.meta.dirname, 'secantus-server.py')

function pythonProgram(python: string, folder: string): Program {
  return {
    command: python,
    args: [pythonServer, ...serverFlags, '--cache-size', '256M'],
    env: { PYTHONPATH: folder },
    label: `SecantusDB ${pinned.secantus} (cache)`,
    flavour: pythonFlavour,
  }
}

/** mongod starts as a replica set without members: it has to be initiated once, then it elects itself. */
async function expectPrimary(client: MongoClient, host: string): Promise<void> {
  const admin = client.db('admin')
  const hello = await admin.command({ hello: 1 })
  if (hello['isWritablePrimary'] === true) return
  const isNew = hello['isreplicaset'] === true
  if (isNew) await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } })
  throw new Error('the server is not a writable primary yet')
}
