import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { sql as statement } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { outageOf } from './failures'
import type { Outage } from './failures/outage'
import { testTopics } from './kafka/testing/test-kafka'
import { closeMongo, openMongo } from './mongo/open-mongo'
import { openPostgres } from './postgres/open-postgres'
import { engineAddress } from './testing/engine-address'
import type { FaultProxy } from './testing/fault-proxy'
import { proxiedCluster, proxiedKafka, proxiedUrl } from './testing/proxied-engines'

/** One driver, configured as in the platform, with its engine behind a proxy. */
interface Subject {
  readonly proxies: readonly FaultProxy[]
  readonly write: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}

async function postgres(write: (url: string) => Omit<Subject, 'proxies'>): Promise<Subject> {
  const { proxy, url } = await proxiedUrl(`${engineAddress('PARLEY_POSTGRES_URL')}/postgres`)
  return { proxies: [proxy], ...write(url) }
}

const subjects: Record<string, () => Promise<Subject>> = {
  'postgres.js': () =>
    postgres((url) => {
      const sql = openPostgres(url)
      return { write: () => sql`select pg_notify('failures', ${randomUUID()})`, close: () => sql.end({ timeout: 0 }) }
    }),
  'postgres.js in a transaction of drizzle': () =>
    postgres((url) => {
      const sql = openPostgres(url)
      const db = drizzle(sql)
      const write = () =>
        db.transaction(async (tx) => {
          await tx.execute(statement`select pg_notify('failures', ${randomUUID()})`)
          await tx.execute(statement`select 1`)
        })
      return { write, close: () => sql.end({ timeout: 0 }) }
    }),
  mongoose: async () => {
    const { proxy, url } = await proxiedUrl(engineAddress('PARLEY_MONGO_URL'))
    const connection = openMongo(url, 'test_failures')
    const write = () => connection.collection<{ _id: string }>('writes').insertOne({ _id: randomUUID() })
    return { proxies: [proxy], write, close: () => closeMongo(connection) }
  },
  'a bulk write of mongoose': async () => {
    const { proxy, url } = await proxiedUrl(engineAddress('PARLEY_MONGO_URL'))
    const connection = openMongo(url, 'test_failures')
    const write = () => connection.collection<{ _id: string }>('writes').insertMany([{ _id: randomUUID() }])
    return { proxies: [proxy], write, close: () => closeMongo(connection) }
  },
  'the cluster of ioredis': async () => {
    const { proxies, cluster } = await proxiedCluster()
    const write = () => cluster.set(`test:failures:${randomUUID()}`, '1', 'EX', 10)
    return { proxies, write, close: () => cluster.quit() }
  },
  kafkajs: async () => {
    const { proxy, kafka } = await proxiedKafka('test-failures')
    const topics = await testTopics(['failures'], 1)
    const topic = topics.nameOf('failures')
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
    const write = async () => {
      await producer.connect()
      await producer.send({ topic, acks: -1, messages: [{ value: randomUUID() }] })
    }
    const close = async () => {
      await producer.disconnect()
      await topics.drop()
    }
    return { proxies: [proxy], write, close }
  },
}

const every = (proxies: readonly FaultProxy[], fault: (proxy: FaultProxy) => unknown) => Promise.all(proxies.map(fault))

/** `null` when the write succeeded. */
async function outcomeOf({ write }: Subject): Promise<unknown> {
  try {
    await write()
    return null
  } catch (error) {
    return error
  }
}

/** A driver that has just started or lost its connections may need a moment. */
async function untilWritten(subject: Subject): Promise<number> {
  const from = performance.now()
  for (;;) {
    const error: unknown = await outcomeOf(subject)
    if (error === null) return performance.now() - from
    expect([outageOf(error), error]).toEqual([expect.stringMatching(/refused|open/), error])
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (performance.now() - from > 20_000) throw new Error('Not back within 20 s', { cause: error })
  }
}

describe.each(Object.keys(subjects))('%s', (name) => {
  let subject: Subject

  const expectOutage = (error: unknown, expected: readonly Outage[]) => {
    if (error === null) throw new Error('The write went through a broken engine')
    const found = outageOf(error)
    if (found === null || !expected.includes(found)) throw new Error(`Taken for ${String(found)}`, { cause: error })
  }

  beforeAll(async () => {
    Logger.overrideLogger(false)
    subject = await subjects[name]!()
    await untilWritten(subject)
  }, 30_000)
  afterEach(async () => {
    await every(subject.proxies, (proxy) => proxy.pass())
    expect(await untilWritten(subject)).toBeLessThan(2_000)
  }, 30_000)
  afterAll(async () => {
    await subject.close()
    await every(subject.proxies, (proxy) => proxy.close())
  }, 30_000)

  it('refused: nothing listens', async () => {
    await every(subject.proxies, (proxy) => proxy.refuse())
    // The first write may still use the dead connection; later ones find no connection.
    expectOutage(await outcomeOf(subject), ['refused', 'open'])
    expectOutage(await outcomeOf(subject), ['refused', 'open'])
  }, 30_000)

  it('killed in the middle of a write: its outcome is open', async () => {
    await every(subject.proxies, (proxy) => proxy.hang())
    const writing = outcomeOf(subject)
    // A driver may send other commands before the write.
    await Promise.race(subject.proxies.map((proxy) => proxy.swallowed()))
    await every(subject.proxies, (proxy) => proxy.refuse())
    expectOutage(await writing, ['open'])
  }, 30_000)

  it('hanging: still an error', async () => {
    await every(subject.proxies, (proxy) => proxy.hang())
    expectOutage(await outcomeOf(subject), ['open', 'refused'])
  }, 60_000)

  it('cut before the request was fully received', async () => {
    await every(subject.proxies, (proxy) => proxy.cutRequest(10))
    expectOutage(await outcomeOf(subject), ['open', 'refused'])
  }, 30_000)

  it('cut before the answer arrived: the outcome is open', async () => {
    await every(subject.proxies, (proxy) => proxy.cutAnswer(0))
    expectOutage(await outcomeOf(subject), ['open', 'refused'])
  }, 30_000)

  it('cut in the middle of the answer', async () => {
    // Redis answers with `+OK` and CRLF, and ioredis already accepts the CR.
    await every(subject.proxies, (proxy) => proxy.cutAnswer(2))
    expectOutage(await outcomeOf(subject), ['open', 'refused'])
  }, 30_000)
})
