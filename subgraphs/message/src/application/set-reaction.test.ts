import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { lineOf } from '../domain/timeline-event'
import { editOf, entry } from '../testing/entries'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { SetReaction, SetReactionHandler } from './set-reaction'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('a reaction', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve(userId !== otto)
  const admission = new Admission({ isMember } as MembershipReplica)
  /** As many processes as one likes. */
  const process = () => new SetReactionHandler(new ChangeMessage(admission, log, messages), messages)
  const handler = process()
  const conversationId = newConversation()

  const sent = async (): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId, actorId: ann })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  interface Parts {
    readonly userId?: UserId
    readonly emoji?: string
    readonly isAdded?: boolean
    readonly clientId?: ReturnType<typeof newClientId>
    readonly conversationId?: typeof conversationId
    readonly by?: SetReactionHandler
  }
  const set = (messageId: MessageId, { by = handler, ...parts }: Parts = {}) => {
    const rest = { userId: ben, emoji: '👍', isAdded: true, clientId: newClientId(), conversationId, ...parts }
    return by.execute(new SetReaction({ messageId, at: new Date(), ...rest }))
  }
  const now = async ({ id }: Message) => (await messages.byId([id]))[0]
  const length = async () => (await log.head(conversationId)).seq

  it('is added to the message and removed again, and changes nothing else of it', async () => {
    const message = await sent()
    const added = await set(message.id)
    expect(added.message).toEqual({
      ...message,
      reactions: [{ emoji: '👍', userIds: [ben] }],
      version: added.event?.seq,
    })
    expect(added.event).toMatchObject({ type: 'ReactionAdded', actorId: ben, message: added.message })
    expect(added.event && lineOf(added.event)).toBeNull()
    const removed = await set(message.id, { isAdded: false })
    expect(removed.message).toEqual({ ...message, version: removed.event?.seq })
    expect(removed.event).toMatchObject({ type: 'ReactionRemoved', actorId: ben })
    expect(await now(message)).toEqual(removed.message)
  })

  it('is the same with and without a variation selector', async () => {
    const message = await sent()
    await set(message.id, { emoji: '\u2764' })
    const again = await set(message.id, { emoji: '\u2764\uFE0F' })
    expect(again.event).toBeNull()
    expect(again.message.reactions).toEqual([{ emoji: '\u2764\uFE0F', userIds: [ben] }])
  })

  it('that is there, or is not there, is a success and makes no event', async () => {
    const message = await sent()
    const { message: before } = await set(message.id)
    const events = await length()
    expect(await set(message.id)).toEqual({ event: null, message: before })
    expect(await set(message.id, { userId: ann, isAdded: false })).toEqual({ event: null, message: before })
    expect(await length()).toBe(events)
  })

  it('I2: happens once for each client id, and gives the message as it is now when it is repeated', async () => {
    const message = await sent()
    const clientId = newClientId()
    const first = await set(message.id, { clientId })
    await set(message.id, { isAdded: false })
    const events = await length()
    const again = await set(message.id, { clientId })
    expect(again.event).toMatchObject({ seq: first.event?.seq })
    expect(again.message.reactions).toEqual([])
    expect(await length()).toBe(events)
  })

  it('I2: gives its event to one who repeats it because the answer was lost', async () => {
    const message = await sent()
    for (const isAdded of [true, false]) {
      const clientId = newClientId()
      const first = await set(message.id, { clientId, isAdded })
      expect(await set(message.id, { clientId, isAdded })).toEqual(first)
    }
  })

  it('refuses a client id that was used for something else', async () => {
    const [message, other] = [await sent(), await sent()]
    const clientId = newClientId()
    await set(message.id, { clientId })
    const reused = { category: 'input', code: 'CLIENT_ID_REUSED' }
    await expect(set(message.id, { clientId, emoji: '🎉' })).rejects.toMatchObject(reused)
    await expect(set(message.id, { clientId, isAdded: false })).rejects.toMatchObject(reused)
    await expect(set(other.id, { clientId })).rejects.toMatchObject(reused)
    await expect(set(other.id, { userId: ann, clientId: message.clientId })).rejects.toMatchObject(reused)
    expect((await now(message))?.reactions).toEqual([{ emoji: '👍', userIds: [ben] }])
    expect((await now(other))?.reactions).toEqual([])
  })

  it('I7: is for members, to messages of their conversation', async () => {
    const message = await sent()
    const notFound = { category: 'state', code: 'NOT_FOUND' }
    await expect(set(message.id, { userId: otto })).rejects.toMatchObject(notFound)
    await expect(set(randomUUID() as MessageId)).rejects.toMatchObject(notFound)
    await expect(set(message.id, { conversationId: newConversation() })).rejects.toMatchObject(notFound)
    const clientId = newClientId()
    const elsewhere = { clientId, conversationId: newConversation() }
    const { message: after } = await set(message.id, { clientId })
    await expect(set(message.id, elsewhere)).rejects.toMatchObject(notFound)
    expect(await now(message)).toEqual(after)
  })

  it.each(['', 'a', '👍👍', '\uD83D', '\u200B', 'x'.repeat(10_000)])(
    'is exactly one emoji, and not %j',
    async (emoji) => {
      const message = await sent()
      await expect(set(message.id, { emoji })).rejects.toMatchObject({ category: 'input', code: 'NOT_AN_EMOJI' })
    },
  )

  it('stays when the text is edited, and the edit stays when it is removed', async () => {
    const message = await sent()
    const { message: reacted } = await set(message.id)
    await log.append(editOf(reacted, 'Better'))
    expect(await now(message)).toMatchObject({ text: 'Better', reactions: [{ emoji: '👍', userIds: [ben] }] })
    const { message: after } = await set(message.id, { isAdded: false })
    expect(after).toMatchObject({ text: 'Better', reactions: [] })
    expect(after.editedAt).not.toBeNull()
  })

  it('of many people at once, in several processes, is lost for nobody', async () => {
    const message = await sent()
    const processes = [process(), process(), process()]
    const people = Array.from({ length: 60 }, () => newUser())
    await Promise.all(people.map((userId, index) => set(message.id, { userId, by: processes[index % 3]! })))
    const [reaction, ...others] = (await now(message))?.reactions ?? []
    expect(others).toEqual([])
    expect(new Set(reaction?.userIds)).toEqual(new Set(people))
    expect(reaction?.userIds).toHaveLength(60)
  })

  it('of many people at once reads the message once in a process', async () => {
    const message = await sent()
    const own = process()
    const reads = jest.spyOn(messages, 'toChange')
    await Promise.all(Array.from({ length: 50 }, () => set(message.id, { userId: newUser(), by: own })))
    expect(reads).toHaveBeenCalledTimes(1)
    await set(message.id, { by: own })
    expect(reads).toHaveBeenCalledTimes(2)
    reads.mockRestore()
  })

  it('goes on after a refusal and after a failure of the log, each of which is its own', async () => {
    const message = await sent()
    jest.spyOn(log, 'appendIfUnchanged').mockRejectedValueOnce(new Error('No answer'))
    const outcomes = await Promise.allSettled([
      set(message.id, { userId: newUser() }),
      set(message.id, { userId: otto }),
      set(message.id),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect((await now(message))?.reactions).toEqual([{ emoji: '👍', userIds: [ben] }])
  })
})
