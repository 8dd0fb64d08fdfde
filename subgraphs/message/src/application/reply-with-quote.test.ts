import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { deletionOf, editOf, entry, replyTo } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { evolve, type Message } from '../domain/message'
import type { TimelineEntry } from '../domain/timeline-event'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { SendMessage, SendMessageHandler } from './send-message'

const [ann, ben] = [newUser(), newUser()]

describe('a reply with a quote', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const [conversationId, other] = [newConversation(), newConversation()]
  const isMember = (_id: string, userId: string) => Promise.resolve([ann, ben].includes(userId as UserId))
  const admission = new Admission({ isMember } as unknown as MembershipReplica)
  const change = new ChangeMessage(admission, log, messages)
  const handler = new SendMessageHandler(admission, log, change, messages, mentionedPeople())

  async function append(what: TimelineEntry): Promise<Message> {
    const message = evolve(null, await log.append(what))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const sent = (from = conversationId) => append(entry({ conversationId: from, actorId: ann }))
  const now = async ({ id }: Message) => (await messages.byId([id]))[0] as Message
  const replied = async (root: Message, alsoInConversation = false) =>
    append(replyTo(await now(root), { actorId: ann, alsoInConversation }))

  interface Wanted {
    readonly root?: Message
    readonly clientId?: ReturnType<typeof newClientId>
    readonly text?: string
  }
  const quote = (replyToId: MessageId | null, { root, clientId = newClientId(), text = 'Yes' }: Wanted = {}) => {
    const reply = root === undefined ? null : { rootId: root.id, alsoInConversation: false }
    const input = { conversationId, authorId: ben, clientId, text, reply, replyToId }
    return handler.execute(new SendMessage({ ...input, messageId: randomUUID() as MessageId, at: new Date() }))
  }
  const refusedAs = (code: string) => ({ category: 'input', faults: [{ field: 'replyToId', code }] })

  it('keeps the id of what it quotes and nothing of its text, in the conversation and in a thread', async () => {
    const quoted = await append(entry({ conversationId, text: 'A long story' }))
    const root = await sent()
    for (const [{ id }, place] of [
      [quoted, {}],
      [root, { root }],
    ] as const) {
      const event = await quote(id, place)
      expect([event.message, event.data]).toMatchObject([{ replyToId: id }, { replyToId: id }])
      expect(JSON.stringify(event)).not.toContain('story')
    }
    expect((await quote(null)).message).toMatchObject({ replyToId: null })
  })

  it('quotes what is in the list that it is in itself', async () => {
    const [root, elsewhere] = [await sent(), await sent()]
    const [inThread, inBoth] = [await replied(root), await replied(root, true)]
    for (const { id } of [root, inThread, inBoth]) expect(await quote(id, { root })).toBeDefined()
    for (const { id } of [root, inBoth]) expect(await quote(id)).toBeDefined()
    await expect(quote(inThread.id)).rejects.toMatchObject(refusedAs('NOT_IN_LIST'))
    for (const message of [elsewhere, await replied(elsewhere)])
      await expect(quote(message.id, { root })).rejects.toMatchObject(refusedAs('NOT_IN_LIST'))
  })

  it('I7: says the same of a message that is nowhere and of one of another conversation', async () => {
    const before = (await log.head(conversationId)).seq
    const elsewhere = (await sent(other)).id
    const unknown = randomUUID() as MessageId
    const answers: unknown[] = []
    for (const id of [elsewhere, unknown]) answers.push(await quote(id).catch((error: unknown) => error))
    expect(answers[0]).toMatchObject(refusedAs('NOT_IN_CONVERSATION'))
    expect(answers[1]).toEqual(answers[0])
    expect((await log.head(conversationId)).seq).toBe(before)
  })

  it('quotes nothing that was deleted, wherever the projection is', async () => {
    const [first, second] = [await sent(), await sent()]
    const root = await sent()
    projection.hear(await log.sent([first.id, second.id]))
    for (const message of [first, second]) {
      await log.append(deletionOf(message))
      await expect(quote(message.id)).rejects.toMatchObject(refusedAs('MESSAGE_DELETED'))
      await expect(quote(message.id, { root })).rejects.toMatchObject(refusedAs('MESSAGE_DELETED'))
    }
  })

  it('I2: is sent once for each client id, five times at once and whatever became of the quoted message', async () => {
    const root = await sent()
    const places = [{ quoted: await sent() }, { quoted: await replied(root), root }]
    for (const { quoted, ...place } of places) {
      const clientId = newClientId()
      const once = () => quote(quoted.id, { ...place, clientId })
      const events = await Promise.all(Array.from({ length: 5 }, once))
      expect(new Set(events.map(({ seq }) => seq)).size).toBe(1)
      const [first] = events
      await log.append(editOf(quoted, 'Another story'))
      expect((await once()).seq).toBe(first?.seq)
      await log.append(deletionOf(await now(quoted)))
      expect((await once()).seq).toBe(first?.seq)
      const otherwise = { code: 'CLIENT_ID_REUSED' }
      await expect(quote(null, { ...place, clientId })).rejects.toMatchObject(otherwise)
      await expect(quote(root.id, { ...place, clientId })).rejects.toMatchObject(otherwise)
      await expect(quote(randomUUID() as MessageId, { ...place, clientId })).rejects.toMatchObject(otherwise)
      await expect(quote(quoted.id, { ...place, clientId, text: 'No' })).rejects.toMatchObject(otherwise)
      // Its own deletion takes text and quote: then the client id alone tells.
      const deletion = await log.append(deletionOf(first?.message as Message))
      await log.erase([deletion])
      expect(await once()).toMatchObject({ seq: first?.seq, message: { text: '', replyToId: null } })
    }
  })
})
