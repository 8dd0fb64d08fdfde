import type { Admin, Consumer } from 'kafkajs'
import { kafkaClient } from './kafka-client'
import { PatientKafkaServer } from './patient-kafka-server'
import { eventually, testBrokers, type TestTopics, testTopics } from './testing/test-kafka'

const topic = 'join'
const groupId = 'test'

/** A consumer that is busy with a record, so that a new member of its group has to wait. */
class BusyMember {
  readonly #consumer: Consumer
  #release: () => void = () => undefined

  constructor(
    groupId: string,
    private readonly topic: string,
  ) {
    this.#consumer = kafkaClient(testBrokers(), 'busy', 'short').consumer({ groupId })
  }

  async join(): Promise<void> {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: [this.topic], fromBeginning: true })
    const isBusy = new Promise<void>((resolve) => {
      void this.#consumer.run({
        eachMessage: () =>
          new Promise<void>((release) => {
            this.#release = release
            resolve()
          }),
      })
    })
    await isBusy
  }

  release(): void {
    this.#release()
  }

  async leave(): Promise<void> {
    await this.#consumer.disconnect()
  }
}

describe('PatientKafkaServer', () => {
  let topics: TestTopics
  let admin: Admin
  let busy: BusyMember

  // Nest names groups of servers so.
  const serverGroup = () => topics.nameOf(`${groupId}-server`)
  const group = async () => (await admin.describeGroups([serverGroup()])).groups[0]

  beforeAll(async () => {
    topics = await testTopics([topic], 1)
    busy = new BusyMember(serverGroup(), topics.nameOf(topic))
    const kafka = kafkaClient(testBrokers(), 'test', 'short')
    admin = kafka.admin()
    const producer = kafka.producer()
    await Promise.all([admin.connect(), producer.connect()])
    await producer.send({ topic: topics.nameOf(topic), messages: [{ value: 'x' }] })
    await producer.disconnect()
  }, 60_000)

  afterAll(async () => {
    await busy.leave()
    await topics.drop()
    await admin.disconnect()
  }, 60_000)

  it('leaves no dead member in its group when it is closed while it joins', async () => {
    await busy.join()
    const server = new PatientKafkaServer(topics.env, groupId, { maxWaitTimeInMs: 200 })
    server.addHandler(topic, () => Promise.resolve(), true)
    void server.listen(() => undefined)
    await eventually(async () => (await group())?.state === 'PreparingRebalance')
    const closed = server.close()
    busy.release()
    await closed
    await eventually(async () => (await group())?.state === 'Stable')
    expect((await group())?.members).toHaveLength(1)
  }, 60_000)
})
