import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import type { Message } from '../domain/message'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { mentionedPeople } from '../testing/mentioned-people'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { DeleteMessage, DeleteMessageHandler } from './delete-message'
import { EditMessage, EditMessageHandler } from './edit-message'
import { MentionedPeople } from './mentioned-people'
import { SendMessage, SendMessageHandler } from './send-message'

const [ann, ben, cem, otto] = [newUser(), newUser(), newUser(), newUser()]
const members = [ann, ben, cem]

describe('mentions are decided when a message is written', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve(members.includes(userId as UserId))
  const member = (_conversation: string, userId: string) => Promise.resolve({ userId, role: 'member' as const })
  const admission = new Admission({ isMember, member } as unknown as MembershipReplica)
  const online = jest.fn<Promise<readonly UserId[]>, [readonly UserId[]]>()
  const inbox = new MemoryInbox()
  const people = mentionedPeople(members, online, inbox)
  const change = new ChangeMessage(admission, log, messages)
  const sender = new SendMessageHandler(admission, log, change, messages, people)
  const editor = new EditMessageHandler(change, messages, people)
  const remover = new DeleteMessageHandler(admission, change, messages, log, log)
  const conversationId = newConversation()
  beforeEach(() => online.mockReset().mockResolvedValue([ann, ben]))

  const send = async (text: string, rootId: MessageId | null = null): Promise<Message> => {
    const input = { conversationId, authorId: ann, clientId: newClientId(), text, messageId: randomUUID() as MessageId }
    const reply = rootId === null ? null : { rootId, alsoInConversation: false }
    const { message } = await sender.execute(new SendMessage({ ...input, at: new Date(), reply, replyToId: null }))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const edit = ({ id }: Message, text: string) =>
    editor.execute(new EditMessage({ messageId: id, editorId: ann, clientId: newClientId(), text, at: new Date() }))

  it('from the members, and those who are online', async () => {
    expect(await send(`<@${ben}> <@${otto}>`)).toMatchObject({ mentions: { userIds: [ben], groupIds: [] } })
    expect(await send('@here')).toMatchObject({ mentions: { here: true, groupIds: [ben] } })
    expect(await send('Hello')).toMatchObject({ mentions: null })
    expect(online).toHaveBeenCalledTimes(1)
  })

  it('from the members known here when their owner does not answer for one who is not among them', async () => {
    const known = members.map((userId) => ({ userId, role: 'member' }))
    const waits = (_id: string, expected: readonly string[] = []) =>
      expected.includes(otto) ? new Promise<never>(() => undefined) : Promise.resolve(known)
    const impatient = new MentionedPeople({ members: waits } as unknown as MembershipReplica, { among: online }, inbox)
    const company = await impatient.company({ userIds: [ben, otto], all: false, here: false }, conversationId, ann)
    expect(company.members).toEqual(members)
  })

  it('from all members while nobody says who is online', async () => {
    online.mockRejectedValueOnce(new Error('Kafka is away'))
    expect(await send('@here')).toMatchObject({ mentions: { here: true, groupIds: [ben, cem] } })
  })

  it('without those who have muted the conversation, but with those of them who are named', async () => {
    await inbox.setMute(ben, conversationId, { isMuted: true, until: null })
    await inbox.setMute(cem, conversationId, { isMuted: true, until: new Date(Date.now() - 1) })
    expect(await send('@all')).toMatchObject({ mentions: { all: true, groupIds: [cem] } })
    expect(await send(`<@${ben}> @all`)).toMatchObject({ mentions: { userIds: [ben], groupIds: [cem] } })
    await inbox.setMute(ben, conversationId, { isMuted: false, until: null })
    expect(await send('@all')).toMatchObject({ mentions: { groupIds: [ben, cem] } })
  })

  it('again by an edit, which names the difference, and a deletion takes back all', async () => {
    const message = await send(`<@${ben}> @here`)
    const event = await edit(message, `<@${cem}> @here`)
    expect(event).toMatchObject({
      data: { mentioned: [cem] },
      message: { mentions: { userIds: [cem], groupIds: [ben] } },
    })
    expect(event.data).not.toHaveProperty('unmentioned')
    expect(online).toHaveBeenCalledTimes(1)
    const input = { conversationId, messageId: message.id, actorId: ann, clientId: newClientId(), at: new Date() }
    const deletion = await remover.execute(new DeleteMessage(input))
    expect(deletion).toMatchObject({ data: { unmentioned: [cem, ben] }, message: { mentions: null, text: '' } })
  })

  it('and those whom a reply mentions follow its thread', async () => {
    const root = await send('Hello')
    await send(`<@${cem}>`, root.id)
    expect((await messages.byId([root.id]))[0]).toMatchObject({
      thread: { participantIds: [ann], mentionedIds: [cem] },
    })
  })

  it('and ten thousand are refused, with what to do', async () => {
    const many = Array.from({ length: 10_000 }, () => `<@${newUser()}>`).join(' ')
    await expect(send(many)).rejects.toMatchObject({ code: 'MESSAGE_TOO_LONG' })
    const some = Array.from({ length: 51 }, () => `<@${newUser()}>`).join(' ')
    await expect(send(some)).rejects.toMatchObject({ code: 'TOO_MANY_MENTIONS' })
    await expect(edit(await send('Hello'), some)).rejects.toMatchObject({ code: 'TOO_MANY_MENTIONS' })
  })
})
