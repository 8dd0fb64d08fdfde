import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { newClientId, newConversation, newMessageId, newUser } from '@parley/platform/testing/ids'
import type { EventNow } from './application/current-messages'
import { DeleteMessage } from './application/delete-message'
import { EditMessage } from './application/edit-message'
import { SendMessage } from './application/send-message'
import { SetPin } from './application/set-pin'
import { SetReaction } from './application/set-reaction'
import type { Message } from './domain/message'
import { rebuildProjections } from './infrastructure/rebuild'
import { testMongo, type TestMongo } from './testing/test-mongo'
import { startProcess, type TestProcess } from './testing/test-process'

/** A connection that was cut comes back within a moment. */
const untilItAnswers = <Result>(attempt: () => Promise<Result>) => eventually(() => attempt().catch(() => undefined))

interface Parts {
  readonly clientId: ClientId
  readonly text?: string
  readonly authorId?: UserId
  readonly conversationId?: ConversationId
  readonly at?: Date
  readonly rootId?: MessageId
}

/**
 * I2: what carries a client id is done once for ever. Each test has the name of the case of Zulip
 * (zerver/tests/test_idempotent_request.py) or Mattermost (TestCreatePostDeduplicate, TestCreatePostWithPendingPostId) whose
 * situation it is; what must come out is Parley's. Cases about the way through the gateway are in e2e/src/exactly-once.e2e.ts.
 */
describe('exactly once, by several processes on one log', () => {
  let mongo: TestMongo
  let processes: readonly [TestProcess, TestProcess, TestProcess]
  let conversationId: ConversationId
  const ann = newUser()
  /** Who is not a member, of any conversation. */
  const outside = new Set<string>()
  const roleOf = (_conversation: string, userId: string) =>
    Promise.resolve(outside.has(userId) ? null : ('member' as const))

  beforeAll(async () => {
    mongo = await testMongo()
    const start = () => startProcess(mongo, { roleOf })
    processes = [await start(), await start(), await start()]
  }, 30_000)
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()))
    await mongo.drop()
  }, 30_000)
  beforeEach(async () => {
    outside.clear()
    conversationId = newConversation()
    // Each knows where the log ends, so that the next command of a send is its insert.
    await send(processes[0], { clientId: newClientId(), text: 'before' })
    for (const { log } of processes) await log.head(conversationId)
  })
  afterEach(() => Promise.all(processes.map(({ proxy }) => proxy.pass())))

  const send = (
    { sender }: TestProcess,
    { clientId, text = 'Hello', authorId = ann, at = new Date(), ...parts }: Parts,
  ) =>
    sender.execute(
      new SendMessage({
        conversationId: parts.conversationId ?? conversationId,
        authorId,
        clientId,
        text,
        messageId: newMessageId(),
        at,
        reply: parts.rootId === undefined ? null : { rootId: parts.rootId, alsoInConversation: false },
        replyToId: null,
      }),
    )
  const messageOf = ({ message }: EventNow): Message => {
    if (message === null) throw new Error('An event without a message')
    return message
  }
  /** What is in the log of the conversation after its first message. */
  const written = async () => (await processes[2].log.readAfter(conversationId, 1, 100)).map(({ clientId }) => clientId)

  describe('as Zulip tests it', () => {
    it('successful request: four times the same, and another one with another id', async () => {
      const [clientId, another] = [newClientId(), newClientId()]
      const answers: EventNow[] = []
      for (const attempt of [0, 1, 2, 3]) answers.push(await send(processes[attempt % 2 === 0 ? 0 : 1], { clientId }))
      expect(answers).toEqual(answers.map(() => answers[0]))
      const [one, again] = [
        await send(processes[0], { clientId: another }),
        await send(processes[0], { clientId: another }),
      ]
      expect(again).toEqual(one)
      expect(one.seq).toBe(3)
      expect(await written()).toEqual([clientId, another])
    })

    it('early failure: a refused text takes nothing and leaves the id free', async () => {
      const clientId = newClientId()
      for (const [text, code] of [
        ['', 'MESSAGE_EMPTY'],
        ['x'.repeat(8_001), 'MESSAGE_TOO_LONG'],
      ] as const)
        await expect(send(processes[0], { clientId, text })).rejects.toMatchObject({ category: 'input', code })
      expect(await written()).toEqual([])
      expect((await send(processes[1], { clientId })).seq).toBe(2)
      expect(await written()).toEqual([clientId])
    })

    it('failure after successful work: the same id still gives what was done, and only another id does it again', async () => {
      const [dying, other] = processes
      const [clientId, another] = [newClientId(), newClientId()]
      const sent = await send(dying, { clientId })
      await dying.proxy.refuse()
      await expect(send(dying, { clientId })).rejects.toThrow()
      expect(await send(other, { clientId })).toEqual(sent)
      expect((await send(other, { clientId: another })).seq).toBe(3)
      await dying.proxy.pass()
      expect(await untilItAnswers(() => send(dying, { clientId }))).toEqual(sent)
      expect(await written()).toEqual([clientId, another])
    })

    it('different requests with same key: the second is refused, and the first stays', async () => {
      const clientId = newClientId()
      const sent = await send(processes[0], { clientId, text: 'One thing' })
      const reused = { category: 'input', code: 'CLIENT_ID_REUSED' }
      await expect(send(processes[1], { clientId, text: 'Another' })).rejects.toMatchObject(reused)
      await expect(
        send(processes[1], { clientId, text: 'One thing', rootId: messageOf(sent).id }),
      ).rejects.toMatchObject(reused)
      expect(await send(processes[2], { clientId, text: 'One thing' })).toEqual(sent)
      // It is a key within a conversation: a client that sends it elsewhere says another thing.
      const elsewhere = newConversation()
      const there = await send(processes[0], { clientId, text: 'Another', conversationId: elsewhere })
      expect([there.conversationId, there.seq]).toEqual([elsewhere, 1])
      expect(await written()).toEqual([clientId])
    })

    it('correct idempotent work: the log itself holds it, whoever calls it', async () => {
      const sent = await send(processes[0], { clientId: newClientId() })
      const { message: _message, seq: _seq, lines: _lines, ...entry } = sent
      const again = processes.map(({ log }) => log.append({ ...entry, at: new Date(0) }))
      for (const event of await Promise.all(again)) expect(event).toMatchObject({ seq: sent.seq, at: sent.at })
      expect(await written()).toHaveLength(1)
    })

    it('concurrency: five at once with one id are one, five at once with five ids are five', async () => {
      const clientId = newClientId()
      const same = await Promise.all([0, 1, 2, 0, 1].map((index) => send(processes[index as 0 | 1 | 2], { clientId })))
      expect(same).toEqual(same.map(() => same[0]))
      const ids = [0, 1, 2, 0, 1].map(newClientId)
      const five = await Promise.all(
        ids.map((id, index) => send(processes[(index % 3) as 0 | 1 | 2], { clientId: id })),
      )
      expect(five.map(({ seq }) => seq).toSorted()).toEqual([3, 4, 5, 6, 7])
      expect((await written()).toSorted()).toEqual([clientId, ...ids].toSorted())
    })

    it('concurrent request aborts with conflict: here it does not; it does the work while the first hangs', async () => {
      const [hanging, contender] = processes
      const clientId = newClientId()
      const swallowed = hanging.proxy.swallowed()
      hanging.proxy.hang()
      const held = Promise.allSettled([send(hanging, { clientId })])
      await swallowed
      const sent = await send(contender, { clientId })
      await hanging.proxy.pass()
      // The one that hung is told the same, or that it may have been done.
      for (const one of await held) if (one.status === 'fulfilled') expect(one.value).toEqual(sent)
      expect(await untilItAnswers(() => send(hanging, { clientId }))).toEqual(sent)
      expect(await written()).toEqual([clientId])
    })

    it('work failure: an insert that never arrives is no message, however often, and the next attempt is one', async () => {
      const clientId = newClientId()
      for (let attempt = 0; attempt < 2; attempt += 1) {
        processes[0].failAtInsert('request')
        await expect(send(processes[0], { clientId })).rejects.toThrow()
        await processes[0].proxy.pass()
      }
      expect(await written()).toEqual([])
      expect((await untilItAnswers(() => send(processes[0], { clientId }))).seq).toBe(2)
      expect(await written()).toEqual([clientId])
    })

    it('request validation changes: refused as a stranger, accepted as a member, and once', async () => {
      const clientId = newClientId()
      outside.add(ann)
      await expect(send(processes[0], { clientId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      outside.clear()
      const sent = await send(processes[0], { clientId })
      expect(await send(processes[1], { clientId })).toEqual(sent)
      expect(await written()).toEqual([clientId])
    })

    it('server failure before work: nothing is done, and the retry in another process does it', async () => {
      const clientId = newClientId()
      await processes[0].proxy.refuse()
      await expect(send(processes[0], { clientId })).rejects.toThrow()
      expect(await written()).toEqual([])
      expect((await send(processes[1], { clientId })).seq).toBe(2)
      expect(await written()).toEqual([clientId])
    })

    it('server failure after successful work: the answer is lost, and the retry gets it, in any process', async () => {
      const clientId = newClientId()
      processes[0].failAtInsert('answer')
      await expect(send(processes[0], { clientId })).rejects.toThrow()
      await processes[0].proxy.pass()
      expect(await written()).toEqual([clientId])
      const sent = await send(processes[1], { clientId })
      expect(await untilItAnswers(() => send(processes[0], { clientId }))).toEqual(sent)
      expect(await written()).toEqual([clientId])
    })
  })

  describe('as Mattermost tests it', () => {
    it('duplicate create post is idempotent', async () => {
      const clientId = newClientId()
      const [post, duplicate] = [await send(processes[0], { clientId }), await send(processes[0], { clientId })]
      expect(messageOf(duplicate)).toEqual(messageOf(post))
      expect(messageOf(post)).toMatchObject({ text: 'Hello', clientId, authorId: ann })
    })

    it('post rejected by plugin leaves cache ready for non-deduplicated try: what the log refuses does too', async () => {
      const root = messageOf(await send(processes[0], { clientId: newClientId() }))
      const reply = messageOf(await send(processes[0], { clientId: newClientId(), rootId: root.id }))
      const clientId = newClientId()
      const inThread = send(processes[0], { clientId, rootId: reply.id })
      await expect(inThread).rejects.toMatchObject({ code: 'THREAD_IN_THREAD' })
      expect(messageOf(await send(processes[1], { clientId, rootId: root.id }))).toMatchObject({ threadLine: 2 })
    })

    it('slow posting after cache entry blocks duplicate request: here the duplicate waits, and both are one', async () => {
      const [slow] = processes
      const clientId = newClientId()
      const swallowed = slow.proxy.swallowed()
      slow.proxy.hang()
      const both = Promise.allSettled([send(slow, { clientId }), send(slow, { clientId })])
      await swallowed
      await slow.proxy.pass()
      const answers = (await both).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const sent = await untilItAnswers(() => send(slow, { clientId }))
      expect(answers).toEqual(answers.map(() => sent))
      expect(await written()).toEqual([clientId])
    })

    it('duplicate create post after cache expires is not idempotent: here nothing expires', async () => {
      const clientId = newClientId()
      const lastWeek = new Date(Date.now() - 8 * 24 * 3_600_000)
      const sent = await send(processes[0], { clientId, at: lastWeek })
      await Promise.all(processes.map(({ publication }) => publication.onModuleDestroy()))
      await rebuildProjections(mongo.connection)
      const startedToday = await startProcess(mongo, { roleOf })
      expect(await send(startedToday, { clientId })).toEqual(sent)
      expect(sent.at).toEqual(lastWeek)
      const indexes = await startedToday.events.collection.indexes()
      expect(indexes.filter((index) => 'expireAfterSeconds' in index)).toEqual([])
      await startedToday.stop()
    })

    it('permission to post required to resolve from pending post cache', async () => {
      const [clientId, ben, elsewhere] = [newClientId(), newUser(), newConversation()]
      const post = await send(processes[0], { clientId, text: 'message' })
      outside.add(ben)
      for (const text of ['message', 'message2'])
        await expect(send(processes[0], { clientId, text, authorId: ben })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      outside.clear()
      const other = await send(processes[0], { clientId, text: 'message2', authorId: ben, conversationId: elsewhere })
      expect(messageOf(other)).toMatchObject({ text: 'message2', authorId: ben, conversationId: elsewhere })
      // Who has left may not learn either what became of a message of their own.
      outside.add(ann)
      await expect(send(processes[1], { clientId, text: 'message' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const ids = [messageOf(post).id, messageOf(other).id]
      expect(await processes[2].current.byId(ids)).toEqual([messageOf(post), messageOf(other)])
    })

    it('should not collide with other recent posts not authorized for the user, nor with those of the other', async () => {
      const [clientId, ben] = [newClientId(), newUser()]
      const [anns, bens] = [
        await send(processes[0], { clientId }),
        await send(processes[1], { clientId, authorId: ben }),
      ]
      expect(messageOf(bens).id).not.toBe(messageOf(anns).id)
      expect([anns.seq, bens.seq]).toEqual([2, 3])
      expect(await send(processes[2], { clientId, authorId: ben })).toEqual(bens)
    })
  })

  describe('whatever is done', () => {
    type Change = (one: TestProcess, clientId: ClientId, message: Message) => Promise<EventNow | null>
    const about = ({ id }: Message, clientId: ClientId) => ({ conversationId, messageId: id, clientId, at: new Date() })
    const reaction =
      (isAdded: boolean): Change =>
      async ({ reactor }, clientId, message) =>
        (await reactor.execute(new SetReaction({ ...about(message, clientId), userId: ann, emoji: '👍', isAdded })))
          .event
    const pin =
      (isPinned: boolean): Change =>
      async ({ pinner }, clientId, message) =>
        (await pinner.execute(new SetPin({ ...about(message, clientId), userId: ann, isPinned }))).event
    const edit =
      (text: string): Change =>
      ({ editor }, clientId, { id }) =>
        editor.execute(new EditMessage({ messageId: id, editorId: ann, clientId, text, at: new Date() }))
    const reply: Change = (one, clientId, { id }) => send(one, { clientId, rootId: id })
    const remove: Change = ({ remover }, clientId, message) =>
      remover.execute(new DeleteMessage({ ...about(message, clientId), actorId: ann }))
    const nothing: Change = () => Promise.resolve(null)

    it.each([
      ['a reply', nothing, reply, remove],
      ['an edit', nothing, edit('Better'), edit('Best')],
      ['a reaction', nothing, reaction(true), reaction(false)],
      ['a reaction taken back', reaction(true), reaction(false), reaction(true)],
      ['a pin', nothing, pin(true), pin(false)],
      ['an unpin', pin(true), pin(false), pin(true)],
      ['a deletion', nothing, remove, nothing],
    ])(
      '%s is done once: at once, when its answer is lost, and again after its contrary',
      async (_, before, change, contrary) => {
        const message = messageOf(await send(processes[0], { clientId: newClientId() }))
        await before(processes[0], newClientId(), message)
        const clientId = newClientId()
        processes[0].failAtInsert('answer')
        await expect(change(processes[0], clientId, message)).rejects.toThrow()
        const raced = await Promise.all(
          [1, 2, 1, 2].map((index) => change(processes[index as 1 | 2], clientId, message)),
        )
        await processes[0].proxy.pass()
        const first = await untilItAnswers(() => change(processes[0], clientId, message))
        expect(first?.clientId).toBe(clientId)
        expect(raced.map((event) => event?.seq)).toEqual(raced.map(() => first?.seq))
        await contrary(processes[1], newClientId(), message)
        const state = await processes[1].current.byId([message.id])
        const log = await written()
        for (const one of processes) expect((await change(one, clientId, message))?.seq).toBe(first?.seq)
        expect(await processes[2].current.byId([message.id])).toEqual(state)
        expect(await written()).toEqual(log)
        expect(log.filter((id) => id === clientId)).toHaveLength(1)
      },
    )
  })
})
