import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { editOf, entry } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { EditMessage, EditMessageHandler } from './edit-message'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('an edit', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve([ann, ben].includes(userId as UserId))
  const admission = new Admission({ isMember } as MembershipReplica)
  const handler = new EditMessageHandler(new ChangeMessage(admission, log, messages), messages, mentionedPeople())
  const conversationId = newConversation()

  const sent = async (): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId, actorId: ann })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const edit = (messageId: MessageId, text: string, editorId = ann, clientId = newClientId()) =>
    handler.execute(new EditMessage({ messageId, editorId, clientId, text, at: new Date() }))
  const now = async ({ id }: Message) => (await messages.byId([id]))[0]

  it('changes the text of a message and nothing else, whether it is projected or not', async () => {
    for (const isProjected of [false, true]) {
      const message = await sent()
      if (isProjected) projection.hear(await log.sent([message.id]))
      const event = await edit(message.id, '\nBetter \n')
      expect(event.message).toEqual({
        ...message,
        text: 'Better',
        version: event.seq,
        editedAt: event.at,
        editCount: 1,
      })
      expect(await now(message)).toEqual(event.message)
      const { at: editedAt, ...again } = await edit(message.id, 'Best')
      expect(again.message).toEqual({ ...message, text: 'Best', version: event.seq + 1, editedAt, editCount: 2 })
    }
  })

  it('I2: happens once for each client id, and gives the message as it is now when it is repeated', async () => {
    const message = await sent()
    const clientId = newClientId()
    const first = await edit(message.id, 'Better', ann, clientId)
    expect(await edit(message.id, 'Better', ann, clientId)).toEqual(first)
    const later = await edit(message.id, 'Best')
    expect(await edit(message.id, 'Better', ann, clientId)).toEqual({ ...first, message: later.message })
    await expect(edit(message.id, 'Other', ann, clientId)).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    await expect(edit((await sent()).id, 'Better', ann, clientId)).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    await expect(edit(message.id, 'Hello', ann, message.clientId)).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    expect(await now(message)).toEqual(later.message)
  })

  it('I7: is for the author alone, and says nothing of a message to those who may not see it', async () => {
    const message = await sent()
    await expect(edit(message.id, 'Mine', ben)).rejects.toMatchObject({ category: 'state', code: 'NOT_AUTHOR' })
    await expect(edit(message.id, 'Mine', otto)).rejects.toMatchObject({ category: 'state', code: 'NOT_FOUND' })
    await expect(edit(randomUUID() as MessageId, 'Mine')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await now(message)).toEqual(message)
  })

  it('keeps to the rules of texts', async () => {
    const message = await sent()
    await expect(edit(message.id, ' \n')).rejects.toMatchObject({ code: 'MESSAGE_EMPTY' })
    await expect(edit(message.id, 'x'.repeat(8_001))).rejects.toMatchObject({ code: 'MESSAGE_TOO_LONG' })
  })

  it('is decided again when another change of the message was first', async () => {
    const message = await sent()
    const append = log.appendIfUnchanged.bind(log)
    const other = editOf(message, 'From the other device')
    jest.spyOn(log, 'appendIfUnchanged').mockImplementationOnce(async (entry, readUpTo) => {
      await log.append(other)
      const refused = await append(entry, readUpTo)
      expect(refused).toBeNull()
      return refused
    })
    const event = await edit(message.id, 'Mine')
    expect((await log.readAfter(conversationId, event.seq - 2, 2)).map(({ type }) => type)).toEqual([
      'MessageEdited',
      'MessageEdited',
    ])
    expect(await now(message)).toMatchObject({ text: 'Mine', version: event.seq })
  })
})
