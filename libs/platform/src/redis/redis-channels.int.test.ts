import { Logger } from '@nestjs/common'
import { eventually } from '../kafka/testing/test-kafka'
import { channel } from './channels'
import { testChannels } from './testing/test-channels'

interface Sent {
  readonly at: Date
}

const news = channel<string, Sent>('news', (payload): payload is Sent => payload instanceof Object && 'at' in payload)

describe('RedisChannels on a cluster', () => {
  const [one, other] = [testChannels(), testChannels()]
  beforeAll(() => {
    Logger.overrideLogger(false)
  })
  afterAll(() => {
    for (const process of [one, other]) process.stop()
  })

  it('delivers a payload to another process, with its dates', async () => {
    const sent = { at: new Date() }
    const heard = new Promise<Sent>((resolve) => void other.channels.subscribe(news, 'ann', resolve))
    await other.channels.subscribe(news, 'ann', () => undefined)
    await one.channels.publish(news, 'ann', sent)
    expect(await heard).toEqual(sent)
  })

  it('delivers again on every key after the connection was lost', async () => {
    const heard: string[] = []
    for (const key of ['a', 'b', 'c']) await other.channels.subscribe(news, key, () => heard.push(key))
    other.breakConnection()
    await eventually(async () => {
      for (const key of ['a', 'b', 'c']) await one.channels.publish(news, key, { at: new Date() })
      return new Set(heard).size === 3
    })
  }, 20_000)
})
