import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { Collection } from 'mongodb'
import { thisMachine } from './machine.ts'
import { mongo } from './mongo.ts'
import { startEngines } from './start-engines.ts'
import type { Engines } from './start-engines.ts'
import { pinned } from './versions.ts'

jest.setTimeout(240_000)

interface Event {
  _id: string
  conversationId: string
  seq: number
  at: Date
  data: { text: string; tags: string[] }
  pending?: string
}

const folder = mkdtempSync(join(tmpdir(), 'parley-engines-'))
const dataDir = join(folder, 'data')
const cache = join(folder, 'cache', 'engines')
const env = { PATH: process.env['PATH'], PARLEY_CACHE: join(folder, 'cache') }
const rust = `secantusd-rs-${pinned.secantusRust}`
let running: Engines | undefined

afterAll(async () => {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A cache with the Python package alone. */
async function bringPython(): Promise<void> {
  const machine = thisMachine()
  await mongo.fetch(machine, () => undefined)
  const name = machine.list(machine.cache).find((entry) => entry.startsWith(`secantus-${pinned.secantus}-py`)) ?? ''
  mkdirSync(cache, { recursive: true })
  symlinkSync(join(machine.cache, name), join(cache, name))
}

const pythonOf = (name: string): string => `python${name.split('-py').at(-1)}`

/** The Rust build where this machine has it; else the Python server under its name. */
function bringRust(): void {
  const built = join(thisMachine().cache, rust)
  if (existsSync(built)) {
    symlinkSync(built, join(cache, rust))
    return
  }
  const [name = ''] = thisMachine(env).list(cache)
  const python = pythonOf(name)
  const bin = join(cache, rust, 'bin')
  mkdirSync(bin, { recursive: true })
  const script = `PYTHONPATH=${join(cache, name)} exec ${python} -c 'from secantus.cli import main; main()' "$@"`
  writeFileSync(join(bin, 'secantusd-rs'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'secantusd-rs'), 0o755)
}

const start = () => startEngines({ dataDir, env, only: ['mongo'] })

async function withEvents<T>(work: (events: Collection<Event>) => Promise<T>): Promise<T> {
  const client = new MongoClient(String(running?.addresses.mongoUrl), { retryWrites: false })
  return work(client.db('parley_message').collection<Event>('events')).finally(() => client.close())
}

/** As the server finds it at its start, and by a scan of all documents. */
function newestRecordIds(): number[] {
  const [name = ''] = thisMachine(env).list(cache)
  const script = `
import runpy
from secantus.storage import Storage
server = runpy.run_path('${join(__dirname, 'secantus-server.py')}')
storage = Storage('${join(dataDir, 'mongo', 'data-secantus')}', enable_oplog=False, ttl_sweep_seconds=0)
print(server['newest_record_id'](storage), server['walk_over_all'](storage))
storage.close()`
  const printed = execFileSync(pythonOf(name), ['-c', script], { env: { ...env, PYTHONPATH: join(cache, name) } })
  return printed.toString().trim().split(' ').map(Number)
}

const eventAt = (index: number): Event => ({
  _id: `event-${index}`,
  conversationId: `conversation-${index % 3}`,
  seq: Math.floor(index / 3) + 1,
  at: new Date(1_700_000_000_000 + index),
  data: { text: `text ${index}`, tags: ['a', 'b'] },
  ...(index % 100 === 0 ? { pending: `p-${index}` } : {}),
})

const sorted = (events: Collection<Event>) => events.find().sort({ _id: 1 }).toArray()
const indexesOf = async (events: Collection<Event>) =>
  (await events.indexes())
    .map(({ v: _version, ns: _ns, ...index }) => index)
    .toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1))

it('moves the data to the faster server, once, with every index', async () => {
  await bringPython()
  running = await start()
  expect(running.labels.mongo).not.toContain('Rust')
  const { mongoUrl } = running.addresses
  const before = await withEvents(async (events) => {
    await events.createIndex({ conversationId: 1, seq: 1 }, { unique: true })
    await events.createIndex({ pending: 1 }, { sparse: true })
    await events.createIndex({ at: 1 }, { expireAfterSeconds: 1_000_000_000 })
    await events.insertMany(Array.from({ length: 2_500 }, (_, index) => eventAt(index)))
    const notes = events.db.collection<{ _id: string }>('notes')
    await notes.insertMany([{ _id: 'a' }, { _id: 'b' }])
    return { events: await sorted(events), indexes: await indexesOf(events) }
  })
  await running.stop()
  const [quick, thorough] = newestRecordIds()
  expect(quick).toBeGreaterThan(2_500)
  expect(quick).toBe(thorough)

  // The state after a killed move.
  mkdirSync(join(dataDir, 'mongo', 'moving'))
  writeFileSync(join(dataDir, 'mongo', 'moving', 'WiredTiger'), 'half')
  bringRust()
  running = await start()
  expect(running.labels.mongo).toContain('Rust')
  expect(running.addresses.mongoUrl).toBe(mongoUrl)
  expect(running.pids.mongo).toHaveLength(1)
  await withEvents(async (events) => {
    expect(await sorted(events)).toEqual(before.events)
    expect(await indexesOf(events)).toEqual(before.indexes)
    const duplicate = { ...eventAt(7), _id: 'another' }
    await expect(events.insertOne(duplicate)).rejects.toMatchObject({ code: 11_000 })
    await events.insertOne({ ...eventAt(2_500), _id: 'written after the move' })
  })
  await running.killEngine('mongo')
  await running.restartEngine('mongo')
  await running.stop()

  running = await start()
  expect(await withEvents((events) => events.countDocuments())).toBe(2_501)
  expect(existsSync(join(dataDir, 'mongo', 'former-secantus'))).toBe(true)
  expect(existsSync(join(dataDir, 'mongo', 'moving'))).toBe(false)
})
