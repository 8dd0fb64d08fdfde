import { randomUUID } from 'node:crypto'
import { Random } from '@parley/testing/random'
import { limits } from '@parley/kernel/limits'
import type { MessageId, UserId } from '@parley/kernel/ids'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { DeleteMessage } from './application/delete-message'
import { EditMessage } from './application/edit-message'
import { SendMessage } from './application/send-message'
import { noMarks, unreadMentions } from './domain/mention-marks'
import { peopleIn } from './domain/mentions'
import { messagesAfter } from './domain/message'
import { eventAt, mentionsOf } from './testing/entries'
import { logParts, silentProducer } from './testing/log-parts'
import { mentionedPeople } from './testing/mentioned-people'
import { testMongo, type TestMongo } from './testing/test-mongo'
import { useCasesOn } from './testing/use-cases'

const people = Array.from({ length: 4 }, newUser)
const processOn = ({ connection }: TestMongo) =>
  useCasesOn(logParts(connection, { producer: silentProducer() }), {
    people: mentionedPeople(people, (ids) => Promise.resolve(ids.slice(0, 2))),
  })

describe('mentions in several processes', () => {
  let mongo: TestMongo
  let processes: ReturnType<typeof processOn>[]
  const conversationId = newConversation()
  const at = new Date()
  const random = new Random(29)

  beforeAll(async () => {
    mongo = await testMongo()
    processes = [processOn(mongo), processOn(mongo)]
  }, 30_000)
  afterAll(() => mongo.drop())

  /** Every way in which a text mentions people, and one that mentions nobody. */
  const text = () => {
    const [one, other] = [random.pick(people), random.pick(people)]
    return random.pick(['@all', '@here', 'Hello', `<@${one}>`, `<@${one}> <@${other}>`])
  }
  const written: { readonly messageId: MessageId; readonly authorId: UserId }[] = []

  async function write(): Promise<void> {
    const [one, clientId] = [random.pick(processes), newClientId()]
    const known = random.pick(written.length === 0 ? [null] : [null, null, random.pick(written)])
    if (known === null) {
      const message = { messageId: randomUUID() as MessageId, authorId: random.pick(people) }
      const input = { ...message, conversationId, clientId, text: text(), at, reply: null, replyToId: null }
      await one.sender.execute(new SendMessage(input))
      written.push(message)
      return
    }
    const { messageId, authorId } = known
    if (random.below(3) > 0) {
      const edit = new EditMessage({ messageId, editorId: authorId, clientId, text: text(), at })
      await one.editor.execute(edit).catch((error: unknown) => expect(error).toMatchObject({ code: 'MESSAGE_DELETED' }))
    } else await one.remover.execute(new DeleteMessage({ conversationId, messageId, actorId: authorId, clientId, at }))
  }

  async function expectCounts(): Promise<void> {
    const { log, marks, inbox } = processes[0] as (typeof processes)[number]
    const head = await log.head(conversationId)
    const messages = [...messagesAfter(await log.readAfter(conversationId, 0, head.seq)).values()]
    for (const userId of people) {
      const readLine = (await inbox.readStates(userId, [conversationId])).get(conversationId)?.readLine ?? 0
      const mentioning = messages.filter(
        ({ line, mentions }) => (line ?? 0) > readLine && peopleIn(mentions).includes(userId),
      )
      const known = (await marks.of(userId, [conversationId])).get(conversationId) ?? noMarks
      expect(unreadMentions(known, readLine, head.lines)).toBe(mentioning.length)
    }
  }

  it('I6: count what a recount from the log does, after sends, edits, deletions and reading in any process', async () => {
    for (let round = 1; round <= 12; round += 1) {
      for (let step = 0; step < 8; step += 1) await write()
      const { inbox, log } = random.pick(processes)
      await inbox.markRead(random.pick(people), conversationId, random.below((await log.head(conversationId)).lines))
      for (const { publication } of processes) await publication.onModuleDestroy()
      await expectCounts()
    }
    const [one] = processes
    while ((await one?.relay.relayEvents()) !== 0);
    await expectCounts()
    const left = await one?.events
      .find({ $or: [{ 'data.mentioned': { $exists: true } }, { 'data.unmentioned': { $exists: true } }] })
      .lean()
    expect(left).toEqual([])
  }, 60_000)

  it('keep as many lines as are counted, of the newest', async () => {
    const [id, me] = [newConversation(), newUser()]
    const { projections, marks, mentionRows } = processOn(mongo)
    const events = Array.from({ length: 3 * limits.unreadMentions }, (_, index) =>
      eventAt(index + 1, { conversationId: id, mentions: mentionsOf([me]) }),
    )
    for (let from = 0; from < events.length; from += 30) await projections.apply(events.slice(from, from + 30))
    const row = await mentionRows.findById(`${me}:${id}`).lean()
    expect(Object.keys(row?.lines ?? {}).length).toBeLessThan(2 * limits.unreadMentions)
    const known = (await marks.of(me, [id])).get(id) ?? noMarks
    expect(unreadMentions(known, 0, events.length)).toBe(limits.unreadMentions)
    expect(unreadMentions(known, events.length - 10, events.length)).toBe(10)
  })
})
