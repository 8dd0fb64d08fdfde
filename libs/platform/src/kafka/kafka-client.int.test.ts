import type { Kafka } from 'kafkajs'
import type { FaultProxy } from '../testing/fault-proxy'
import { proxiedKafka } from '../testing/proxied-engines'
import { eventually, type TestTopics, testTopics } from './testing/test-kafka'

const requestTimeout = 300
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** Our patch of kafkajs. */
describe("a request's time-out", () => {
  let topics: TestTopics
  let topic: string
  let proxy: FaultProxy
  let kafka: Kafka

  beforeAll(async () => {
    topics = await testTopics(['timeout'])
    topic = topics.nameOf('timeout')
  }, 30_000)
  afterAll(() => topics.drop(), 30_000)
  beforeEach(async () => {
    const limits = { requestTimeout, retry: { retries: 0 } }
    ;({ proxy, kafka } = await proxiedKafka('test-timeout', limits))
  })
  afterEach(() => proxy.close())

  it('leaves no timer behind: idle connections cause no wake-ups', async () => {
    const before = timers()
    const producer = kafka.producer()
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    await eventually(() => timers() <= before)
    await producer.disconnect()
  }, 30_000)

  it('fails requests that a hanging broker does not answer', async () => {
    const producer = kafka.producer({ retry: { retries: 0 } })
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    proxy.hang()
    const begun = performance.now()
    await expect(producer.send({ topic, messages: [{ value: 'two' }] })).rejects.toThrow('timed out')
    expect(performance.now() - begun).toBeLessThan(10 * requestTimeout)
    await producer.disconnect()
  }, 30_000)

  it('also applies to a client that disconnects while it waits for the answer', async () => {
    const producer = kafka.producer({ retry: { retries: 0 } })
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    proxy.hang()
    const sent = producer.send({ topic, messages: [{ value: 'two' }] }).catch(String)
    await proxy.swallowed()
    await producer.disconnect()
    expect(await sent).toContain('timed out')
  }, 30_000)
})
