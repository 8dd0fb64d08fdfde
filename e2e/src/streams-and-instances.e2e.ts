import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { eventsOf, follow, send, seqsOf, signUp, startGroup, untilSeq, upTo } from './chat.ts'
import { Recorder } from './recorder.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** Two gateways, each with its own instance of the message subgraph: what one accepts the other must deliver. */
describe('two instances of the message subgraph', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  let conversation: string

  beforeAll(async () => {
    stack = await testStack({ instances: { message: 2 }, gateways: 2 })
    const [one = '', two = ''] = stack.urls
    ann = await signUp(one, 'ann')
    ben = await signUp(two, 'ben')
    conversation = await startGroup(ann, [ben])
  })
  afterAll(async () => {
    await Promise.all([ann, ben].map((client) => client.close()))
    await stack.stop()
  })

  it('I3, I4: streams from old cursors deliver everything once and in order while both sides write', async () => {
    const recorder = new Recorder(conversation, [ann, ben])
    const write = async (client: Client, from: number, count: number) => {
      for (let index = from; index < from + count; index += 1) {
        recorder.acknowledged(await send(client, conversation, `${client === ann ? 'ann' : 'ben'} ${index}`))
      }
    }
    await Promise.all([write(ann, 0, 20), write(ben, 0, 20)])
    const writing = Promise.all([write(ann, 20, 60), write(ben, 20, 60)])
    for (const after of [0, 0, 7, 40]) {
      recorder.follow(ann, after)
      recorder.follow(ben, after)
    }
    await writing
    expect(await recorder.verdict([ann, ben])).toEqual([])
  })

  it('I4: many concurrent sends on both sides arrive once and in order', async () => {
    const id = await startGroup(ben, [ann], 'Burst')
    const stream = follow(ann, id, 0)
    const sent = await Promise.all(upTo(100).map((index) => send(index % 2 === 0 ? ann : ben, id, `burst ${index}`)))
    const last = Math.max(...seqsOf(sent))
    await untilSeq(stream, last)
    expect(seqsOf(eventsOf(stream))).toEqual(upTo(last))
    stream.close()
  })

  it('I4: a log of the longest messages is delivered to a fast reader', async () => {
    const id = await startGroup(ann, [ben], 'Long')
    const text = '👋'.repeat(7_990)
    for (let round = 0; round < 10; round += 1) await Promise.all(upTo(10).map(() => send(ann, id, text)))
    const stream = follow(ben, id, 0)
    await untilSeq(stream, 100)
    expect(seqsOf(eventsOf(stream)).slice(0, 100)).toEqual(upTo(100))
    stream.close()
  })

  it('I7: logging out ends the session: its streams, and its tokens at every gateway', async () => {
    const carl = await signUp(stack.urls[0] ?? '', 'carl')
    const id = await startGroup(carl, [ann], 'Session')
    const stream = follow(carl, id, 0)
    await stream.next()
    const cookie = carl.cookieHeader
    await carl.must('mutation { logOut { ok } }')
    const end = (await stream.ended(5_000)) as { code?: number }
    expect(end.code).toBe(4403)
    // The token has not expired, but its session is over.
    for (const url of stack.urls) {
      await eventually(async () => {
        const answer = await new Client(url).post(JSON.stringify({ query: '{ viewer { id } }' }), { cookie })
        expect(await answer.text()).toContain('UNAUTHENTICATED')
      })
    }
    await carl.close()
  })
})
