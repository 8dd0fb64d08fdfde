import { randomUUID } from 'node:crypto'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import type { TimelineEntry } from '../domain/timeline-event'
import { deletionOf, editOf, entry, mentionsOf, pinOf, reactionOf, replyTo } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { DeleteMessage, DeleteMessageHandler } from './delete-message'
import { EditMessage, EditMessageHandler } from './edit-message'
import { ForwardMessage, ForwardMessageHandler } from './forward-message'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('a forward', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const [here, there, foreign] = [newConversation(), newConversation(), newConversation()]
  const members = new Map<string, readonly UserId[]>([
    [here, [ann, ben, otto]],
    [there, [ben, otto]],
    [foreign, [ann]],
  ])
  const isMember = (id: string, userId: string) => Promise.resolve(members.get(id)?.includes(userId as UserId) ?? false)
  const member = async (id: string, userId: string) =>
    (await isMember(id, userId)) ? { userId, role: 'member' as const } : null
  const admission = new Admission({ isMember, member } as unknown as MembershipReplica)
  const change = new ChangeMessage(admission, log, messages)
  const handler = new ForwardMessageHandler(admission, log, messages)
  const editor = new EditMessageHandler(change, messages, mentionedPeople())
  const remover = new DeleteMessageHandler(admission, change, messages, log, log)

  async function append(what: TimelineEntry): Promise<Message> {
    const message = evolve(null, await log.append(what))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const sent = (conversationId = here, text = 'Once *upon* a time') =>
    append(entry({ conversationId, actorId: ann, text }))
  const now = async ({ id }: Pick<Message, 'id'>) => (await messages.byId([id]))[0] as Message

  interface Wanted {
    readonly to?: ConversationId
    readonly by?: UserId
    readonly clientId?: ClientId
  }
  const forward = (sourceId: MessageId, { to = there, by = ben, clientId = newClientId() }: Wanted = {}) => {
    const ids = { sourceId, conversationId: to, authorId: by, clientId, messageId: randomUUID() as MessageId }
    return handler.execute(new ForwardMessage({ ...ids, at: new Date() }))
  }
  const forwarded = async (...asked: Parameters<typeof forward>) => (await forward(...asked)).message as Message

  it('copies the text with its formatting, in the name of its author, and nothing else of the message', async () => {
    const mentions = mentionsOf([otto], [ben, otto])
    const text = `**Hello** <@${otto}> and @all`
    const root = await sent()
    const said = entry({ conversationId: here, actorId: ann, text, mentions, replyToId: root.id })
    const source = await append(said)
    await append(reactionOf(await now(source), ben))
    await append(pinOf(await now(source)))
    await append(replyTo(await now(source), { actorId: ben }))
    const copy = await forwarded(source.id)
    const nothing = { reactions: [], mentions: null, thread: null, pinnedAt: null, replyToId: null, editedAt: null }
    expect(copy).toMatchObject({
      text,
      authorId: ben,
      forwardedFromId: ann,
      conversationId: there,
      line: 1,
      ...nothing,
    })
    // Where it comes from is in no message.
    expect(JSON.stringify(copy)).not.toMatch(new RegExp(`${source.id}|${here}`))
  })

  it('names the first author, however often it is forwarded, also within a conversation and by the author', async () => {
    const source = await sent()
    const second = await forwarded(source.id)
    const third = await forwarded(second.id, { to: here, by: otto })
    expect([second, third, await forwarded(third.id, { to: here, by: ann })]).toMatchObject([
      { authorId: ben, forwardedFromId: ann },
      { authorId: otto, forwardedFromId: ann },
      { authorId: ann, forwardedFromId: ann },
    ])
  })

  it('has the text as it is at that time, and keeps it when the source is changed or deleted', async () => {
    const source = await sent()
    const inThread = await append(replyTo(source, { actorId: ann, text: 'In a thread' }))
    await log.append(editOf(await now(source), 'Edited'))
    const copy = await forwarded(source.id)
    await log.append(editOf(await now(source), 'Edited again'))
    await log.erase([await log.append(deletionOf(await now(source)))])
    expect(await now(copy)).toMatchObject({ text: 'Edited' })
    expect(await forwarded(inThread.id)).toMatchObject({ text: 'In a thread', threadId: null, threadLine: null })
  })

  it('I2: happens once for each client id, five times at once, and whatever became of the source since', async () => {
    const source = await sent()
    const clientId = newClientId()
    const once = () => forward(source.id, { clientId })
    const events = await Promise.all(Array.from({ length: 5 }, once))
    const [first] = events
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(1)
    await log.append(editOf(await now(source), 'Edited'))
    expect(await once()).toEqual(first)
    await expect(forward((await sent()).id, { clientId })).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    const plain = entry({ conversationId: there, actorId: ben, text: source.text })
    await log.append(plain)
    await expect(forward(source.id, plain)).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    await log.erase([await log.append(deletionOf(await now(source)))])
    expect(await once()).toEqual(first)
    members.set(here, [ann])
    expect(await once()).toEqual(first)
    members.set(here, [ann, ben, otto])
    await log.erase([await log.append(deletionOf(first?.message as Message))])
    expect(await once()).toMatchObject({ seq: first?.seq, message: { text: '', forwardedFromId: null } })
  })

  it('I7: is for members of both conversations, and says nothing of a message to those who may not see it', async () => {
    const [secret, source] = [await sent(foreign), await sent()]
    const before = (await log.head(there)).seq
    const answers: unknown[] = []
    for (const id of [secret.id, randomUUID() as MessageId])
      answers.push(await forward(id).catch((error: unknown) => error))
    expect(answers[0]).toMatchObject({ category: 'state', code: 'NOT_FOUND' })
    expect(answers[1]).toEqual(answers[0])
    for (const to of [there, foreign, newConversation()])
      await expect(forward(source.id, { to, by: to === there ? ann : ben })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: expect.stringContaining('conversation') as string,
      })
    expect((await log.head(there)).seq).toBe(before)
  })

  it('is not made of a deleted message, wherever the projection is', async () => {
    for (const isProjected of [false, true]) {
      const source = await sent()
      if (isProjected) projection.hear(await log.sent([source.id]))
      await log.append(deletionOf(source))
      await expect(forward(source.id)).rejects.toMatchObject({ category: 'state', code: 'MESSAGE_DELETED' })
    }
  })

  it('cannot be edited, not even by the one who wrote the text, and can be deleted', async () => {
    const copy = await forwarded((await sent(here)).id, { to: here })
    const own = await forwarded((await sent(here)).id, { to: here, by: ann })
    const edit = ({ id, authorId }: Message) =>
      editor.execute(
        new EditMessage({ messageId: id, editorId: authorId, clientId: newClientId(), text: 'Never', at: new Date() }),
      )
    for (const message of [copy, own])
      await expect(edit(message)).rejects.toMatchObject({ category: 'state', code: 'FORWARDED' })
    expect(await now(copy)).toEqual(copy)
    const ids = { conversationId: here, messageId: copy.id, actorId: ben, clientId: newClientId() }
    await remover.execute(new DeleteMessage({ ...ids, at: new Date() }))
    expect(await now(copy)).toMatchObject({ text: '', forwardedFromId: null, deletedBy: ben })
    await expect(edit(copy)).rejects.toMatchObject({ code: 'MESSAGE_DELETED' })
  })
})
