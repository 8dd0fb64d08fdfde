import { randomUUID } from 'node:crypto'
import type { MessageId } from '@parley/kernel/ids'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { DeleteMessage } from './application/delete-message'
import { SendMessage } from './application/send-message'
import { evolve, type Message } from './domain/message'
import { unread, unreadLines } from './domain/read-state'
import { threadPlaceOf } from './domain/timeline-event'
import { rebuildProjections } from './infrastructure/rebuild'
import { entry } from './testing/entries'
import { logParts } from './testing/log-parts'
import { testMongo, type TestMongo } from './testing/test-mongo'
import { useCasesOn } from './testing/use-cases'

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

const processOn = ({ connection }: TestMongo) => useCasesOn(logParts(connection))

describe('threads in which many people write at once, in several processes', () => {
  const conversationId = newConversation()
  const people = upTo(6).map(() => newUser())
  let mongo: TestMongo
  let processes: ReturnType<typeof processOn>[]
  let root: Message
  const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item
  const reply = (index: number, alsoInConversation = index % 5 === 0) =>
    pick(processes, index).sender.execute(
      new SendMessage({
        conversationId,
        authorId: pick(people, index),
        clientId: newClientId(),
        text: `${index}`,
        messageId: randomUUID() as MessageId,
        at: new Date(),
        reply: { rootId: root.id, alsoInConversation },
        replyToId: null,
      }),
    )

  beforeAll(async () => {
    mongo = await testMongo()
    processes = upTo(3).map(() => processOn(mongo))
    root = evolve(null, await processes[0]!.log.append(entry({ conversationId, actorId: people[5]! }))) as Message
  })
  afterAll(async () => {
    await Promise.all(processes.map(({ publication }) => publication.onModuleDestroy()))
    await mongo.drop()
  })

  it('I3, I6, I9: have no gap, and are counted as the log says, also when their projection is rebuilt', async () => {
    const replies = await Promise.all(upTo(45).map((index) => reply(index)))
    const lines = replies.map((event) => threadPlaceOf(event)?.line ?? 0)
    expect(lines.toSorted((one, other) => one - other)).toEqual(upTo(45))
    await Promise.all(
      replies.slice(0, 5).map(({ message }, index) => {
        const input = { conversationId, messageId: message!.id, actorId: message!.authorId, clientId: newClientId() }
        return pick(processes, index + 1).remover.execute(new DeleteMessage({ ...input, at: new Date() }))
      }),
    )
    for (const isRebuilt of [false, true]) {
      await Promise.all(processes.map(({ publication }) => publication.onModuleDestroy()))
      if (isRebuilt) await rebuildProjections(mongo.connection)
      for (const { current, threads, conversationHeads } of processes) {
        const [now] = await current.byId([root.id])
        expect(now).toMatchObject({ text: 'Hello', thread: { lines: 45, replyCount: 40 } })
        const page = await current.thread(conversationId, root.id, () => ({ from: 1, to: 45 }))
        expect(page?.replies.map(({ threadLine }) => threadLine)).toEqual(upTo(45))
        expect(page?.replies.filter(({ line }) => line !== null)).toHaveLength(9)
        expect((await conversationHeads.load([conversationId])).get(conversationId)).toMatchObject({ lines: 10 })
        for (const userId of people) {
          expect(await threads.followed(userId, [conversationId])).toMatchObject([
            { id: root.id, version: now?.version, thread: { lines: 45, replyCount: 40 } },
          ])
          const state = (await threads.readStates(userId, [root])).get(root.id) ?? unread
          const others = replies.filter(({ actorId }) => actorId !== userId)
          expect(unreadLines(state, 45)).toBe(others.length)
        }
      }
    }
    expect(await processes[0]!.threads.followed(newUser(), [conversationId])).toEqual([])
    expect(await processes[0]!.threads.followed(people[0]!, [])).toEqual([])
  })

  it('have read positions that only move forward, and own replies that a process has sent just now', async () => {
    const reader = people[0]!
    const { threads } = processes[0]!
    await Promise.all([20, 40, 30].map((line, index) => pick(processes, index).threads.markRead(reader, root, line)))
    const readLine = async () => (await threads.readStates(reader, [root])).get(root.id)?.readLine ?? 0
    const before = await readLine()
    expect(before).toBeGreaterThanOrEqual(40)
    await threads.markRead(reader, root, 45)
    await reply(6)
    expect(await readLine()).toBe(46)
    expect(await threads.readSince(reader, new Date(Date.now() - 60_000))).toEqual([root.id])
    expect(await threads.readSince(newUser(), new Date(0))).toEqual([])
  })
})
