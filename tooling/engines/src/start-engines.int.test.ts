import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { Cluster } from 'ioredis'
import { Kafka, logLevel } from 'kafkajs'
import { MongoClient } from 'mongodb'
import connect from 'postgres'
import type { Addresses } from './addresses.ts'
import { readLock } from './lock-file.ts'
import { identityOf, isAlive } from './process-identity.ts'
import { startEngines } from './start-engines.ts'
import type { Engines } from './start-engines.ts'

jest.setTimeout(300_000)

/** This machine without the engines that may already be set for the other tests. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_') || name === 'PARLEY_CACHE'),
)
const folder = mkdtempSync(join(tmpdir(), 'parley-engines-'))
const dataDir = join(folder, 'data')
// PostgreSQL runs under another user there and must be able to read it.
chmodSync(folder, 0o755)
const names = ['postgres', 'redis', 'kafka', 'mongo'] as const
let launcher: ChildProcess | undefined
let running: Engines | undefined

afterAll(async () => {
  launcher?.kill('SIGKILL')
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function withSql<T>(addresses: Addresses, work: (sql: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const sql = connect(`${addresses.postgresUrl}/postgres`, { max: 1, onnotice: () => undefined })
  return work(sql).finally(() => sql.end())
}

async function withRedis<T>(addresses: Addresses, work: (redis: Cluster) => Promise<T>): Promise<T> {
  const redis = new Cluster(addresses.redisNodes)
  return work(redis).finally(() => redis.disconnect())
}

async function withKafka<T>(addresses: Addresses, work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: addresses.kafkaBrokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  return work(admin).finally(() => admin.disconnect())
}

async function withMongo<T>(addresses: Addresses, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(addresses.mongoUrl)
  return work(client).finally(() => client.close())
}

/** Three keys, so that every master has one. */
const keys = ['{a}', '{b}', '{c}']

async function write(addresses: Addresses): Promise<void> {
  await withSql(addresses, async (sql) => {
    await sql`create extension if not exists pg_trgm`
    await sql`create table if not exists kept as select 42 as value`
  })
  await withRedis(addresses, (redis) => Promise.all(keys.map((key) => redis.set(key, 'kept'))))
  await withKafka(addresses, (admin) => admin.createTopics({ topics: [{ topic: 'kept' }] }))
  await withMongo(addresses, (client) => client.db('parley').collection('kept').insertOne({ value: 42 }))
}

async function expectKept(addresses: Addresses): Promise<void> {
  expect(await withSql(addresses, (sql) => sql`select value from kept`)).toMatchObject([{ value: 42 }])
  const values = await withRedis(addresses, (redis) => Promise.all(keys.map((key) => redis.get(key))))
  expect(values).toEqual(['kept', 'kept', 'kept'])
  expect(await withKafka(addresses, (admin) => admin.listTopics())).toContain('kept')
  const found = await withMongo(addresses, (client) => client.db('parley').collection('kept').findOne({}))
  expect(found).toMatchObject({ value: 42 })
}

/** A launcher in a separate process, ready once it prints its last address. */
async function launch(): Promise<ChildProcess> {
  const cli = join(__dirname, 'cli.ts')
  const child = spawn(process.execPath, [cli, 'start', '--data', dataDir], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('PARLEY_MONGO_URL')) {
      child.stdout.destroy()
      return child
    }
  }
  throw new Error('the launcher ended before the engines were ready')
}

/** Occupies ports. */
async function occupy(ports: number[]): Promise<() => void> {
  const servers = await Promise.all(
    ports.map(async (port) => {
      const server = createServer().listen(port, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  return () => servers.forEach((server) => server.close())
}

const portOf = (address: string): number => Number(/:(\d+)(?:\/|$)/.exec(address)?.[1])

it('replaces the processes of a launcher that was killed by SIGKILL', async () => {
  launcher = await launch()
  await expect(startEngines({ dataDir, env })).rejects.toThrow(`under process ${launcher.pid}`)
  launcher.kill('SIGKILL')
  await once(launcher, 'exit')
  const leftovers = Object.values(readLock(dataDir)?.engines ?? {}).flat()
  expect(leftovers).toHaveLength(6)
  expect(leftovers.every(isAlive)).toBe(true)

  running = await startEngines({ dataDir, env })
  expect(leftovers.filter(isAlive)).toEqual([])
  await write(running.addresses)
  await expectKept(running.addresses)
})

it('refuses a topic that no migration created', async () => {
  const { kafkaBrokers } = running?.addresses ?? { kafkaBrokers: [] }
  const retry = { retries: 0 }
  const producer = new Kafka({ brokers: kafkaBrokers, logLevel: logLevel.NOTHING, retry }).producer()
  await producer.connect()
  await expect(producer.send({ topic: 'misspelt', messages: [{ value: 'x' }] })).rejects.toThrow()
  await producer.disconnect()
})

it.each(names)('restarts %s after SIGKILL, on the same ports and data', async (name) => {
  const engines = running as Engines
  const before = engines.pids[name]
  const address = JSON.stringify(engines.addresses)
  await engines.killEngine(name)
  await engines.restartEngine(name)
  expect(engines.pids[name]).toHaveLength(before.length)
  expect(engines.pids[name]).not.toEqual(before)
  expect(JSON.stringify(engines.addresses)).toBe(address)
  await expectKept(engines.addresses)
})

describe('while they are watched', () => {
  const stopped = new AbortController()
  let keeping: Promise<void>
  const said: string[] = []
  const engines = () => running as Engines
  beforeAll(() => {
    keeping = engines().keepUp(stopped.signal, (line) => said.push(line))
  })
  afterAll(async () => {
    stopped.abort()
    await keeping
  })

  /** Its last process, which for Redis is one of three nodes. */
  const victimOf = (name: (typeof names)[number]): number => Number(engines().pids[name].at(-1))
  const untilBack = async (name: (typeof names)[number], victim: number): Promise<void> => {
    const lines = said.length
    while (!said.slice(lines).includes(`${name} is back`)) await pause(20)
    expect(engines().pids[name]).not.toContain(victim)
    expect(readLock(dataDir)?.engines[name]?.map(({ pid }) => pid)).toEqual(engines().pids[name])
  }

  it.each(names)('%s is restarted when it is killed', async (name) => {
    const victim = victimOf(name)
    process.kill(victim, 'SIGKILL')
    await untilBack(name, victim)
    await expectKept(engines().addresses)
  })

  it('those that hang are killed and restarted', async () => {
    const hung = names.map((name) => ({ name, victim: victimOf(name) }))
    for (const { victim } of hung) process.kill(victim, 'SIGSTOP')
    await Promise.all(hung.map(({ name, victim }) => untilBack(name, victim)))
    expect(said).toEqual(expect.arrayContaining(names.map((name) => `${name} no longer answers and is started again`)))
    await expectKept(engines().addresses)
  })
})

it('keeps the data when its ports have been taken meanwhile', async () => {
  const { addresses, stop } = running as Engines
  await stop()
  const single = [
    addresses.postgresUrl,
    addresses.mongoUrl,
    ...addresses.kafkaBrokers,
    ...addresses.redisNodes.slice(0, 1),
  ]
  const release = await occupy(single.map(portOf))
  running = await startEngines({ dataDir, env })
  release()
  expect(running.addresses.redisNodes).not.toEqual(addresses.redisNodes)
  await expectKept(running.addresses)
})

it('stops everything, and deletes what is ephemeral', async () => {
  await running?.stop()
  expect(readLock(dataDir)).toBeNull()
  running = await startEngines({ dataDir, env, only: ['postgres'], ephemeral: true })
  const pids = Object.values(running.pids).flat()
  expect(pids).toHaveLength(1)
  await running.stop()
  expect(existsSync(dataDir)).toBe(false)
  expect(identityOf(Number(pids[0])).startTime).toBeNull()
})

it('puts the data of PostgreSQL where its user can reach them', async () => {
  const closed = mkdtempSync(join(folder, 'closed-'))
  running = await startEngines({ dataDir: join(closed, 'data'), env, only: ['postgres'], ephemeral: true })
  const place = await withSql(
    running.addresses,
    (sql) => sql<{ path: string }[]>`select setting as path from pg_settings where name = 'data_directory'`,
  )
  const path = String(place[0]?.path)
  expect(path.startsWith(closed)).toBe(process.getuid?.() !== 0)
  await running.stop()
  expect(existsSync(path)).toBe(false)
})

it('starts a browser on request', async () => {
  running = await startEngines({ dataDir: join(folder, 'browser'), env, only: ['browser'] })
  const answer = await fetch(`${running.addresses.browserUrl}/json/version`)
  expect(await answer.json()).toMatchObject({ Browser: expect.stringContaining('Chrome') as unknown })
  await running.stop()
})

it('reports the end of the log when an engine cannot start', async () => {
  const broken = join(folder, 'broken')
  mkdirSync(join(broken, 'postgres', 'cluster', 'data'), { recursive: true })
  const starting = startEngines({ dataDir: broken, env, only: ['postgres'] })
  await expect(starting).rejects.toThrow(/^postgres: postgres ended while starting.*postgresql\.conf/s)
  expect(readLock(broken)).toBeNull()
})

it('stops at the signal', async () => {
  const dataDir = join(folder, 'given-up')
  const starting = startEngines({ dataDir, env, only: ['redis'], signal: AbortSignal.timeout(50) })
  await expect(starting).rejects.toThrow('interrupted')
  expect(readLock(dataDir)).toBeNull()
})

it('uses an address from the environment and does not touch what runs there', async () => {
  const given = { ...env, PARLEY_MONGO_URL: 'mongodb://127.0.0.1:1/?directConnection=true' }
  const engines = await startEngines({ dataDir: join(folder, 'given'), env: given, only: ['mongo'] })
  expect(engines.addresses.mongoUrl).toBe(given.PARLEY_MONGO_URL)
  await expect(engines.killEngine('mongo')).rejects.toThrow('not started here')
  await engines.stop()
})
