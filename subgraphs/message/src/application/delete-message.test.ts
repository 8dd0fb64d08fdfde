import { randomUUID } from 'node:crypto'
import type { ClientId, ConversationId, MessageId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message, messageIdOf } from '../domain/message'
import { editOf, entry, replyTo } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { DeleteMessage, DeleteMessageHandler } from './delete-message'
import { EditMessage, EditMessageHandler } from './edit-message'
import { SendMessage, SendMessageHandler } from './send-message'

const [ann, ben, olga, otto] = [newUser(), newUser(), newUser(), newUser()]

describe('a deletion', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const roles = new Map<string, 'owner' | 'member'>([
    [ann, 'member'],
    [ben, 'member'],
    [olga, 'owner'],
  ])
  const member = (_conversation: string, userId: string) => {
    const role = roles.get(userId)
    return Promise.resolve(role === undefined ? null : { userId, role })
  }
  const isMember = async (conversation: string, userId: string) => (await member(conversation, userId)) !== null
  const admission = new Admission({ member, isMember } as MembershipReplica)
  const change = new ChangeMessage(admission, log, messages)
  const handler = new DeleteMessageHandler(admission, change, messages, log, log)
  const editor = new EditMessageHandler(change, messages, mentionedPeople())
  const sender = new SendMessageHandler(admission, log, change, messages, mentionedPeople())
  const conversationId = newConversation()

  const sent = async (text = 'A secret', clientId = newClientId()): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId, actorId: ann, text, clientId })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const remove = (
    messageId: MessageId,
    actorId = ann,
    clientId = newClientId(),
    from: ConversationId = conversationId,
  ) => handler.execute(new DeleteMessage({ conversationId: from, messageId, actorId, clientId, at: new Date() }))
  const edit = (messageId: MessageId, text: string, clientId = newClientId(), editorId = ann) =>
    editor.execute(new EditMessage({ messageId, editorId, clientId, text, at: new Date() }))
  const resend = (text: string, clientId: ClientId) => {
    const input = {
      conversationId,
      authorId: ann,
      clientId,
      text,
      messageId: randomUUID() as MessageId,
      at: new Date(),
      reply: null,
      replyToId: null,
    }
    return sender.execute(new SendMessage(input))
  }
  const now = async ({ id }: Message) => (await messages.byId([id]))[0]
  const eventsAbout = async ({ id }: Message) =>
    (await log.readAfter(conversationId, 0, 1_000)).filter((event) => messageIdOf(event) === id)

  it('leaves the place and the author of a message, and nothing of its text, whether it is projected or not', async () => {
    for (const isProjected of [false, true]) {
      const message = await sent()
      if (isProjected) projection.hear(await log.sent([message.id]))
      const event = await remove(message.id)
      const rest = { text: '', version: event.seq, deletedAt: event.at, deletedBy: ann }
      expect(event).toMatchObject({ type: 'MessageDeleted', lines: (await log.head(conversationId)).lines })
      expect(event.message).toEqual({ ...message, ...rest })
      expect(await now(message)).toEqual(event.message)
    }
  })

  it('is in the projection, which lists read in every process, before it is acknowledged', async () => {
    const message = await sent()
    await projection.fold(await log.readAfter(conversationId, 0, 1_000))
    await remove(message.id)
    expect(await projection.byId([message.id])).toMatchObject([{ text: '', deletedBy: ann }])
  })

  it('erases every text of the message from the log, and changes no other', async () => {
    const [message, other] = [await sent('A secret'), await sent('Not a secret')]
    await edit(message.id, 'A better secret')
    await remove(message.id)
    const stored = JSON.stringify(await eventsAbout(message))
    expect(stored).not.toContain('secret')
    expect(await now(other)).toEqual(other)
    // So says each event by itself, to those who read it alone.
    for (const event of await eventsAbout(message))
      expect(evolve(null, event)).toMatchObject({ text: '', deletedBy: ann })
  })

  it('I7: is for the author and for moderators, and says nothing of a message to those who may not see it', async () => {
    const message = await sent()
    await expect(remove(message.id, ben)).rejects.toMatchObject({ category: 'state', code: 'NOT_MODERATOR' })
    await expect(remove(message.id, otto)).rejects.toMatchObject({ category: 'state', code: 'NOT_FOUND' })
    await expect(remove(randomUUID() as MessageId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(remove(message.id, ann, newClientId(), newConversation())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await now(message)).toEqual(message)
    const clientId = newClientId()
    const removed = await remove(message.id, olga, clientId)
    expect(removed.message).toMatchObject({ authorId: ann, deletedBy: olga, text: '' })
    await expect(remove(message.id, olga, clientId, newConversation())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('I2: happens once: by one client id, by two people at once, and again later', async () => {
    const message = await sent()
    const clientId = newClientId()
    const events = await Promise.all([remove(message.id, ann, clientId), remove(message.id, olga), remove(message.id)])
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(1)
    expect(await remove(message.id, ann, clientId)).toEqual(events[0])
    expect((await eventsAbout(message)).map(({ type }) => type)).toEqual(['MessageSent', 'MessageDeleted'])
  })

  it('shows the root of a reply as it is now, also when it is repeated later', async () => {
    const root = await sent('Where?')
    const reply = evolve(null, await log.append({ ...replyTo(root), actorId: ann }))
    if (reply === null) throw new Error('Nothing was sent')
    expect((await remove(reply.id)).root).toEqual(await now(root))
    await edit(root.id, 'Where, please?')
    const again = await remove(reply.id)
    expect(again.root).toMatchObject({ text: 'Where, please?' })
    expect(again.root).toEqual(await now(root))
  })

  it('is found again when the projection has only the erased event that sent the message', async () => {
    const message = await sent()
    const event = await remove(message.id)
    const [erased] = await log.sent([message.id])
    const byId = () => Promise.resolve([evolve(null, erased!)!])
    const late = { byId, asOfNow: () => messages.asOfNow(event), settle: () => Promise.resolve() }
    const another = new DeleteMessageHandler(admission, change, late as unknown as CurrentMessages, log, log)
    const input = { conversationId, messageId: message.id, actorId: olga, clientId: newClientId(), at: new Date() }
    expect(await another.execute(new DeleteMessage(input))).toEqual(event)
  })

  it('I2: stays what it was for a moderator who is one no more', async () => {
    const [message, clientId] = [await sent(), newClientId()]
    const event = await remove(message.id, olga, clientId)
    roles.set(olga, 'member')
    expect(await remove(message.id, olga, clientId)).toEqual(event)
    await expect(remove((await sent()).id, olga)).rejects.toMatchObject({ code: 'NOT_MODERATOR' })
    roles.set(olga, 'owner')
  })

  it('does not take a client id that was used for something else', async () => {
    const [message, other] = [await sent(), await sent()]
    await expect(remove(message.id, ann, other.clientId)).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    expect(await now(message)).toEqual(message)
  })

  it('is final: an edit afterwards is refused, and what was done before is still answered as it was', async () => {
    const [sentAs, editedAs] = [newClientId(), newClientId()]
    const message = await sent('A secret', sentAs)
    await edit(message.id, 'A better secret', editedAs)
    const { message: rest } = await remove(message.id)
    await expect(edit(message.id, 'Back again')).rejects.toMatchObject({ category: 'state', code: 'MESSAGE_DELETED' })
    expect(await resend('A secret', sentAs)).toMatchObject({ seq: message.seq, message: rest })
    expect(await edit(message.id, 'A better secret', editedAs)).toMatchObject({ type: 'MessageEdited', message: rest })
    expect(await now(message)).toEqual(rest)
  })

  it('is decided again when an edit was first, and erases that too', async () => {
    const message = await sent()
    const append = log.appendIfUnchanged.bind(log)
    jest.spyOn(log, 'appendIfUnchanged').mockImplementationOnce(async (entry, readUpTo) => {
      await log.append(editOf(message, 'Another secret'))
      return append(entry, readUpTo)
    })
    await remove(message.id)
    expect(JSON.stringify(await eventsAbout(message))).not.toContain('secret')
  })
})
