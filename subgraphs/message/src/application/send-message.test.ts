import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { lineOf, threadPlaceOf } from '../domain/timeline-event'
import { deletionOf, editOf, entry } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { DeleteMessage, DeleteMessageHandler } from './delete-message'
import { SendMessage, SendMessageHandler } from './send-message'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('a reply in a thread', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve([ann, ben].includes(userId as UserId))
  const member = (_conversation: string, userId: string) => Promise.resolve({ userId, role: 'member' as const })
  const admission = new Admission({ isMember, member } as unknown as MembershipReplica)
  const change = new ChangeMessage(admission, log, messages)
  const handler = new SendMessageHandler(admission, log, change, messages, mentionedPeople())
  const remover = new DeleteMessageHandler(admission, change, messages, log, log)
  const conversationId = newConversation()

  const sent = async (): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId, actorId: ann })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  interface Wanted {
    readonly authorId?: UserId
    readonly clientId?: ReturnType<typeof newClientId>
    readonly text?: string
    readonly alsoInConversation?: boolean
    readonly from?: typeof conversationId
  }
  const reply = (rootId: MessageId, wanted: Wanted = {}) => {
    const { authorId = ben, clientId = newClientId(), text = 'An answer', alsoInConversation = false } = wanted
    const input = { conversationId: wanted.from ?? conversationId, authorId, clientId, text }
    const reply = { rootId, alsoInConversation }
    const rest = { messageId: randomUUID() as MessageId, at: new Date(), reply, replyToId: null }
    return handler.execute(new SendMessage({ ...input, ...rest }))
  }
  const now = async (id: MessageId) => (await messages.byId([id]))[0]
  const remove = (messageId: MessageId, actorId: UserId) =>
    remover.execute(new DeleteMessage({ conversationId, messageId, actorId, clientId: newClientId(), at: new Date() }))

  it('makes a line of its thread, and one of the conversation if it is to be there as well', async () => {
    for (const isProjected of [false, true]) {
      const root = await sent()
      if (isProjected) projection.hear(await log.sent([root.id]))
      const before = await log.head(conversationId)
      const only = await reply(root.id)
      const both = await reply(root.id, { authorId: ann, alsoInConversation: true })
      expect([only, both].map((event) => [lineOf(event), threadPlaceOf(event)?.line])).toEqual([
        [null, 1],
        [before.lines + 1, 2],
      ])
      expect(only.message).toMatchObject({ line: null, threadId: root.id, threadLine: 1 })
      const thread = { lines: 2, replyCount: 2, lastReplyAt: both.at, participantIds: [ben, ann] }
      expect(await now(root.id)).toEqual({ ...root, thread, version: both.seq })
    }
  })

  it('I3: hundred at once get lines without a gap', async () => {
    const root = await sent()
    const events = await Promise.all(Array.from({ length: 100 }, () => reply(root.id)))
    const lines = events.map((event) => threadPlaceOf(event)?.line ?? 0).sort((one, other) => one - other)
    expect(lines).toEqual(lines.map((_, index) => index + 1))
  })

  it('I2: happens once for each client id, also when its thread was closed since', async () => {
    const root = await sent()
    const clientId = newClientId()
    const first = await reply(root.id, { clientId })
    expect(await reply(root.id, { clientId })).toEqual({ ...first, root: await now(root.id) })
    for (const other of [{ text: 'Other' }, { alsoInConversation: true }])
      await expect(reply(root.id, { clientId, ...other })).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    await expect(reply((await sent()).id, { clientId })).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    // Named in another conversation it is not there, whatever the client id has done where it is.
    await expect(reply(root.id, { clientId, from: newConversation() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await remove(root.id, ann)
    expect(await reply(root.id, { clientId })).toMatchObject({ seq: first.seq })
    expect(await now(root.id)).toMatchObject({ text: '', thread: { lines: 1, replyCount: 1 } })
  })

  it('is refused in the thread of a reply, of a deleted message, of a message elsewhere and of none', async () => {
    const root = await sent()
    const { message } = await reply(root.id)
    await expect(reply(message?.id as MessageId)).rejects.toMatchObject({ category: 'state', code: 'THREAD_IN_THREAD' })
    await expect(reply(randomUUID() as MessageId)).rejects.toMatchObject({ category: 'state', code: 'NOT_FOUND' })
    await expect(reply(root.id, { from: newConversation() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(reply(root.id, { authorId: otto })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(reply(root.id, { text: '  ' })).rejects.toMatchObject({ code: 'MESSAGE_EMPTY' })
    await remove(root.id, ann)
    await expect(reply(root.id)).rejects.toMatchObject({ category: 'state', code: 'MESSAGE_DELETED' })
    expect(await now(root.id)).toMatchObject({ thread: { lines: 1 } })
  })

  it('is not counted any more when it is deleted, once, and leaves its line', async () => {
    const root = await sent()
    const [first, second] = [await reply(root.id), await reply(root.id)]
    const id = first.message?.id as MessageId
    const deletions = await Promise.all([remove(id, ben), remove(id, ben)])
    expect(new Set(deletions.map(({ seq }) => seq)).size).toBe(1)
    expect(await now(id)).toMatchObject({ text: '', threadLine: 1 })
    const thread = { lines: 2, replyCount: 1, lastReplyAt: second.at }
    expect(await now(root.id)).toMatchObject({ text: 'Hello', version: deletions[0].seq, thread })
    // A change of the root that comes between is kept.
    const append = log.appendIfUnchanged.bind(log)
    jest.spyOn(log, 'appendIfUnchanged').mockImplementationOnce(async (deletion, readUpTo) => {
      await log.append(editOf((await now(root.id)) as Message, 'Edited'))
      return append(deletion, readUpTo)
    })
    await remove(second.message?.id as MessageId, ben)
    expect(await now(root.id)).toMatchObject({ text: 'Edited', thread: { lines: 2, replyCount: 0 } })
    await log.append(deletionOf((await now(root.id)) as Message))
  })
})
