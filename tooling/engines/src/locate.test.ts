import { browser } from './browser.ts'
import { diagnoseEngines, printDiagnosis } from './doctor.ts'
import { fakeMachine } from './fake-machine.ts'
import type { FakeMachine } from './fake-machine.ts'
import { kafka } from './kafka.ts'
import { mongo } from './mongo.ts'
import { postgres } from './postgres.ts'
import { redisCluster } from './redis-cluster.ts'
import { pinned } from './versions.ts'

const postgresInCache = `/cache/postgres-${pinned.postgres}`
const secantusInCache = `/cache/secantus-${pinned.secantus}-py3.11/secantus`
const rustInCache = `/cache/secantusd-rs-${pinned.secantusRust}/bin/secantusd-rs`

describe('an address in the environment comes first', () => {
  it.each([
    [postgres, 'PARLEY_POSTGRES_URL', 'postgres://p@h:1', 'postgres://p@h:1'],
    [redisCluster, 'PARLEY_REDIS_NODES', 'h:1,h:2', ['h:1', 'h:2']],
    [kafka, 'PARLEY_KAFKA_BROKERS', 'h:1', ['h:1']],
    [mongo, 'PARLEY_MONGO_URL', 'mongodb://h:1', 'mongodb://h:1'],
  ])('%#: %s', async (engine, variable, value, address) => {
    const programs = { postgres: '/bin/postgres', 'redis-server': '/bin/redis-server', mongod: '/bin/mongod' }
    const machine = fakeMachine({ env: { [variable]: value }, programs })
    expect(await engine.locate(machine)).toEqual({ from: 'environment', address })
  })
})

describe('postgres', () => {
  const on = (machine: FakeMachine) => postgres.locate(fakeMachine(machine))
  const version = (path: string, text: string) => ({ [`${path} --version`]: `postgres (PostgreSQL) ${text}` })

  it('uses the one on PATH from version 16 on', async () => {
    const programs = { postgres: '/usr/bin/postgres' }
    const found = await on({ programs, outputs: version('/usr/bin/postgres', '16.2 (Debian 16.2-1)') })
    expect(found).toMatchObject({ program: { command: '/usr/bin/postgres' } })
    expect(await on({ programs, outputs: version('/usr/bin/postgres', '15.18') })).toBeNull()
  })

  it('searches the folders of Debian, newest first', async () => {
    const paths = ['15', '16', '17'].map((folder) => `/usr/lib/postgresql/${folder}/bin/postgres`)
    const outputs = Object.fromEntries(paths.flatMap((path) => Object.entries(version(path, path.split('/')[4] ?? ''))))
    const found = await on({ files: paths, outputs })
    expect(found).toMatchObject({ program: { command: '/usr/lib/postgresql/17/bin/postgres' } })
  })

  it('uses the cache when the one on PATH is too old', async () => {
    const programs = { postgres: '/usr/bin/postgres' }
    const found = await on({ programs, outputs: version('/usr/bin/postgres', '15.18'), files: [postgresInCache] })
    expect(found).toMatchObject({ program: { command: `${postgresInCache}/native/bin/postgres` } })
  })
})

describe('redis', () => {
  it('uses redis-server on PATH from version 7 on', async () => {
    const programs = { 'redis-server': '/usr/bin/redis-server' }
    const locate = (text: string) =>
      redisCluster.locate(fakeMachine({ programs, outputs: { '/usr/bin/redis-server --version': text } }))
    expect(await locate('Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64')).not.toBeNull()
    expect(await locate('Redis server v=6.0.16 sha=00000000:0')).toBeNull()
  })
})

describe('kafka', () => {
  const files = [`/cache/kafka-${pinned.kafka}`]
  const programs = { java: '/usr/bin/java' }

  it('needs both the jars and Java 17', async () => {
    const java = (text: string): FakeMachine => ({ programs, outputs: { '/usr/bin/java -version': text } })
    expect(await kafka.locate(fakeMachine({ ...java('openjdk version "17.0.15"'), files }))).not.toBeNull()
    expect(await kafka.locate(fakeMachine({ ...java('openjdk version "17.0.15"') }))).toBeNull()
    expect(await kafka.locate(fakeMachine({ ...java('openjdk version "11.0.2"'), files }))).toBeNull()
  })

  it('reports what is missing', async () => {
    expect(await kafka.obstacle(fakeMachine({}))).toContain('Java 17')
    const outputs = { '/usr/bin/java -version': 'openjdk version "21"' }
    expect(await kafka.obstacle(fakeMachine({ programs, outputs }))).toContain('Maven')
  })
})

describe('mongo', () => {
  const python = { programs: { 'python3.11': '/usr/bin/python3.11' } }
  const locate = async (machine: FakeMachine) => {
    const found = await mongo.locate(fakeMachine(machine))
    return found?.from === 'machine' ? found.program.command : null
  }

  it('prefers mongod, then the Rust build, then the Python package', async () => {
    const files = [rustInCache, secantusInCache]
    const mongod = {
      programs: { mongod: '/usr/bin/mongod' },
      outputs: { '/usr/bin/mongod --version': 'db version v8.0.4' },
    }
    expect(await locate({ ...mongod, files })).toBe('/usr/bin/mongod')
    expect(await locate({ ...python, files })).toBe(rustInCache)
    expect(await locate({ ...python, files: [secantusInCache] })).toBe('/usr/bin/python3.11')
  })

  it('moves data of the Python package to the Rust build', async () => {
    const machine = fakeMachine({ ...python, files: [rustInCache, secantusInCache, '/data/mongo/data-secantus/x'] })
    const found = await mongo.locate(machine, '/data/mongo')
    const successorOf = { flavour: 'secantus' }
    expect(found).toMatchObject({ program: { flavour: 'secantus-rust', successorOf } })
    const anew = await mongo.locate(machine, '/data/other')
    expect(anew).toMatchObject({ program: { flavour: 'secantus-rust' } })
    expect(anew).not.toHaveProperty('program.successorOf')
  })

  it('stays with mongod, and with the Rust build', async () => {
    const written = (flavour: string) => [secantusInCache, `/data/mongo/data-${flavour}/x`]
    expect(await mongo.locate(fakeMachine({ ...python, files: written('mongod') }), '/data/mongo')).toBeNull()
    expect(await mongo.locate(fakeMachine({ ...python, files: written('secantus-rust') }), '/data/mongo')).toBeNull()
  })

  it('uses the Python package only with the Python that it was fetched for', async () => {
    expect(await locate({ programs: { python3: '/usr/bin/python3' }, files: [secantusInCache] })).toBeNull()
  })
})

describe('browser', () => {
  it('refuses a path that does not exist', async () => {
    await expect(browser.locate(fakeMachine({ env: { PARLEY_CHROMIUM: '/no' } }))).rejects.toThrow('/no')
  })

  it('accepts any of the usual names', async () => {
    const found = await browser.locate(fakeMachine({ programs: { 'google-chrome': '/usr/bin/google-chrome' } }))
    expect(found).toMatchObject({ program: { command: '/usr/bin/google-chrome' } })
  })
})

describe('the doctor', () => {
  it('reports a machine without anything as unhealthy and says what to install', async () => {
    const diagnosis = await diagnoseEngines(fakeMachine({}))
    expect(diagnosis.isHealthy).toBe(false)
    expect(printDiagnosis(diagnosis)).toMatch(/✗ kafka +Java 17 or newer is needed/)
  })

  it('accepts addresses', async () => {
    const env = {
      PARLEY_POSTGRES_URL: 'postgres://h',
      PARLEY_REDIS_NODES: 'h:1',
      PARLEY_KAFKA_BROKERS: 'h:1',
      PARLEY_MONGO_URL: 'mongodb://h',
    }
    expect((await diagnoseEngines(fakeMachine({ env }))).isHealthy).toBe(true)
  })
})
