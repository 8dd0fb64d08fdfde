import { randomUUID } from 'node:crypto'
import type { Admin, Consumer } from 'kafkajs'
import { kafkaClient } from './kafka-client'
import { PatientKafkaServer } from './patient-kafka-server'
import { eventually, testBrokers, testTopics } from './testing/test-kafka'

const topic = `test.join.${randomUUID()}`
const groupId = `test-${randomUUID()}`

/** A consumer that is busy with a record, so that a new member of its group has to wait. */
class BusyMember {
  readonly #consumer: Consumer
  #release: () => void = () => undefined

  constructor() {
    // Nest's naming of the groups of servers.
    this.#consumer = kafkaClient(testBrokers(), 'busy', 'short').consumer({ groupId: `${groupId}-server` })
  }

  async join(): Promise<void> {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: [topic], fromBeginning: true })
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
  let dropTopics: () => Promise<void>
  let admin: Admin
  const busy = new BusyMember()

  const group = async () => (await admin.describeGroups([`${groupId}-server`])).groups[0]

  beforeAll(async () => {
    dropTopics = await testTopics([topic], 1)
    const kafka = kafkaClient(testBrokers(), 'test', 'short')
    admin = kafka.admin()
    const producer = kafka.producer()
    await Promise.all([admin.connect(), producer.connect()])
    await producer.send({ topic, messages: [{ value: 'x' }] })
    await producer.disconnect()
  }, 60_000)

  afterAll(async () => {
    await busy.leave()
    await dropTopics()
    await admin.disconnect()
  }, 60_000)

  it('leaves no dead member in its group when it is closed while it joins', async () => {
    await busy.join()
    const server = new PatientKafkaServer(testBrokers(), groupId, { maxWaitTimeInMs: 200 })
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
