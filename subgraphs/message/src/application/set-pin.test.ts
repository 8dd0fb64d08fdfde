import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { deletionOf, editOf, entry } from '../testing/entries'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { SetPin, SetPinHandler } from './set-pin'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('a pin', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve(userId !== otto)
  const handler = new SetPinHandler(
    new ChangeMessage(new Admission({ isMember } as MembershipReplica), log, messages),
    messages,
  )
  let conversationId = newConversation()
  beforeEach(() => {
    conversationId = newConversation()
  })

  const sent = async (): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId, actorId: ann })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  interface Parts {
    readonly userId?: UserId
    readonly isPinned?: boolean
    readonly clientId?: ReturnType<typeof newClientId>
    readonly conversationId?: typeof conversationId
  }
  const set = (messageId: MessageId, parts: Parts = {}) => {
    const rest = { userId: ben, isPinned: true, clientId: newClientId(), conversationId, ...parts }
    return handler.execute(new SetPin({ messageId, at: new Date(), ...rest }))
  }
  const pinned = async () => (await messages.pinnedIn(conversationId)).map(({ id }) => id)
  const length = async () => (await log.head(conversationId)).seq

  it('says who pinned the message and when, is removed by another member, and changes nothing else of it', async () => {
    const message = await sent()
    const { event, message: after } = await set(message.id)
    expect(after).toEqual({ ...message, pinnedAt: event?.at, pinnedBy: ben, version: event?.seq })
    expect(event).toMatchObject({ type: 'MessagePinned', actorId: ben, pins: 1, message: after })
    const removed = await set(message.id, { userId: ann, isPinned: false })
    expect(removed.event).toMatchObject({ type: 'MessageUnpinned', actorId: ann })
    expect(removed.event?.pins).toBeUndefined()
    expect(removed.message).toEqual({ ...message, version: removed.event?.seq })
  })

  it('that is there, or is not there, is a success and makes no event', async () => {
    const message = await sent()
    expect((await set(message.id, { isPinned: false })).event).toBeNull()
    const first = await set(message.id)
    const events = await length()
    expect(await set(message.id, { userId: ann })).toEqual({ event: null, message: first.message })
    expect(await length()).toBe(events)
  })

  it('is listed with the newest pin first, also before the projection has it, and not when it was deleted', async () => {
    const [one, two, three] = [await sent(), await sent(), await sent()]
    for (const { id } of [two, one, three]) await set(id)
    expect(await pinned()).toEqual([three.id, one.id, two.id])
    await projection.fold(await log.readAfter(conversationId, 0, 5))
    expect(await pinned()).toEqual([three.id, one.id, two.id])
    const [now] = await messages.byId([one.id])
    const deletion = await log.append(deletionOf(now as Message))
    expect(deletion).toMatchObject({ pins: 2, data: { unpins: true } })
    expect(await pinned()).toEqual([three.id, two.id])
    await projection.fold(await log.readAfter(conversationId, 5, 5))
    expect(await pinned()).toEqual([three.id, two.id])
    expect((await projection.load([conversationId])).get(conversationId)).toMatchObject({ pinnedCount: 2 })
  })

  it('stays when the text is edited', async () => {
    const message = await sent()
    const { message: after } = await set(message.id)
    await log.append(editOf(after, 'Better'))
    expect((await messages.byId([message.id]))[0]).toMatchObject({ text: 'Better', pinnedBy: ben })
  })

  it(`is refused beyond ${limits.pins} in a conversation, until one is unpinned`, async () => {
    const all: Message[] = []
    for (let count = 0; count <= limits.pins; count++) all.push(await sent())
    const outcomes = await Promise.allSettled(all.map(({ id }) => set(id)))
    const [refusal, ...others] = outcomes.filter(({ status }) => status === 'rejected')
    expect([refusal, others]).toMatchObject([{ reason: { category: 'state', code: 'TOO_MANY_PINS' } }, []])
    expect(await pinned()).toHaveLength(limits.pins)
    const left = all.findIndex((_, index) => outcomes[index] === refusal)
    const [first] = all.filter((_, index) => index !== left) as [Message]
    expect((await set(first.id)).event).toBeNull()
    await set(first.id, { isPinned: false })
    expect((await set((all[left] as Message).id)).event).toMatchObject({ pins: limits.pins })
  })

  it('I2: happens once for each client id', async () => {
    const message = await sent()
    const clientId = newClientId()
    const first = await set(message.id, { clientId })
    await set(message.id, { isPinned: false })
    const again = await set(message.id, { clientId })
    expect(again.event).toMatchObject({ seq: first.event?.seq })
    expect(again.message.pinnedAt).toBeNull()
    const reused = { category: 'input', code: 'CLIENT_ID_REUSED' }
    await expect(set(message.id, { clientId, isPinned: false })).rejects.toMatchObject(reused)
    await expect(set((await sent()).id, { clientId })).rejects.toMatchObject(reused)
  })

  it('I7: is for members, of messages of their conversation that were not deleted', async () => {
    const message = await sent()
    const notFound = { category: 'state', code: 'NOT_FOUND' }
    await expect(set(message.id, { userId: otto })).rejects.toMatchObject(notFound)
    await expect(set(randomUUID() as MessageId)).rejects.toMatchObject(notFound)
    await expect(set(message.id, { conversationId: newConversation() })).rejects.toMatchObject(notFound)
    const clientId = newClientId()
    const elsewhere = { clientId, conversationId: newConversation() }
    const { message: after } = await set(message.id, { clientId })
    await expect(set(message.id, elsewhere)).rejects.toMatchObject(notFound)
    await log.append(deletionOf(after))
    await expect(set(message.id)).rejects.toMatchObject({ category: 'state', code: 'MESSAGE_DELETED' })
    expect((await set(message.id, { isPinned: false })).event).toBeNull()
  })
})
