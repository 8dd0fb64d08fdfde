import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { recount } from './chaos/counts.ts'
import {
  eventsOf,
  follow,
  queries,
  readBack,
  send,
  sendUntilAcknowledged,
  seqsOf,
  signUp,
  startGroup,
  sumOf,
  textsOf,
  unreadInInbox,
  unreadInList,
  untilSeq,
  upTo,
} from './chat.ts'
import type { InboxFrame } from './chat.ts'
import { Recorder } from './recorder.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout * 2)

describe('when parts crash', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  const url = () => stack.urls[0] ?? ''

  beforeAll(async () => {
    stack = await testStack()
    ann = await signUp(url(), 'ann')
    ben = await signUp(url(), 'ben')
  })
  afterAll(async () => {
    await Promise.all([ann, ben].map((client) => client.close()))
    await stack.stop()
  })

  it('I1, I2: the message subgraph is killed during sends, twice; everything acknowledged is there once', async () => {
    const conversation = await startGroup(ann, [ben], 'Crash')
    await send(ann, conversation, 'before')
    const recorder = new Recorder(conversation, [ann, ben])
    const message = stack.service('message')
    let acknowledged = 0
    const write = async (client: Client, name: string) => {
      for (const index of upTo(40)) {
        recorder.acknowledged(await sendUntilAcknowledged(client, conversation, `${name} ${index}`))
        acknowledged += 1
      }
    }
    const writing = Promise.all([write(ann, 'ann'), write(ben, 'ben'), write(ann, 'ann too')])
    for (const goal of [20, 60]) {
      await eventually(() => expect(acknowledged).toBeGreaterThanOrEqual(goal), { timeout: 60_000, interval: 5 })
      await message.kill()
      await message.start()
    }
    await writing
    recorder.follow(ben, 0)
    expect(await eventually(() => recorder.verdict([ann, ben]))).toEqual([])
    const texts = textsOf((await readBack(ann, conversation)).events)
    expect(texts).toHaveLength(121)
    expect(new Set(texts).size).toBe(121)
    await expectUnread(ben, conversation, 81)
  })

  it('I8: Kafka is down while messages are sent and comes back; each is counted once', async () => {
    const conversation = await startGroup(ann, [ben], 'Outage')
    await send(ann, conversation, 'before the outage')
    await expectUnread(ben, conversation, 1)
    await stack.engines.killEngine('kafka')
    for (const index of upTo(20)) await send(ann, conversation, `during the outage ${index}`)
    expect((await readBack(ben, conversation)).events.filter(({ message }) => message !== undefined)).toHaveLength(21)
    await stack.engines.restartEngine('kafka')
    await send(ann, conversation, 'after the outage')
    await expectUnread(ben, conversation, 22)
  })

  it('I4: Redis is down: sends, open streams and new streams work, no process dies, and it recovers', async () => {
    const conversation = await startGroup(ann, [ben], 'Without hints')
    // The first send requests the members over Kafka, which was down a moment ago.
    const first = await sendUntilAcknowledged(ann, conversation, 'with hints')
    const running = follow(ben, conversation, 0)
    await untilSeq(running, first.seq)
    const pids = stack.services.map(({ identity }) => identity?.pid)
    await stack.engines.killEngine('redis')
    const second = await send(ann, conversation, 'without hints')
    const begun = follow(ann, conversation, 0)
    await Promise.all([untilSeq(running, second.seq), untilSeq(begun, second.seq)])
    const inbox = ben.subscribe<{ inbox: InboxFrame }>(queries.inbox, { after: null })
    await inbox.next()
    await stack.engines.restartEngine('redis')
    const third = await send(ann, conversation, 'with hints again')
    await Promise.all([untilSeq(running, third.seq), untilSeq(begun, third.seq)])
    expect(seqsOf(eventsOf(running))).toEqual(upTo(third.seq))
    expect(seqsOf(eventsOf(begun))).toEqual(upTo(third.seq))
    await expectUnread(ben, conversation, 3)
    expect(stack.services.map(({ identity }) => identity?.pid)).toEqual(pids)
    for (const stream of [running, begun, inbox]) stream.close()
  })

  /**
   * The count of the inbox equals the sum over all conversations and, for this one, a recount of the log with the
   * expected result.
   */
  async function expectUnread(client: Client, id: string, unread: number): Promise<void> {
    await eventually(
      async () => {
        const counts = await unreadInList(client)
        expect([counts.get(id), await recount(client, id)]).toEqual([unread, unread])
        expect(await unreadInInbox(client)).toBe(sumOf(counts))
      },
      { timeout: 90_000, interval: 200 },
    )
  }
})
