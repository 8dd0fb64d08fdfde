import type { ConversationId, UserId } from '@parley/kernel/ids'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { type Answer, codeOf, type Variables } from '@parley/platform/testing/subgraph-client'
import { conversations, startTestService, type TestService } from './testing/test-service'

interface Payload {
  readonly event: { readonly seq: number; readonly message: { readonly id: string } } | null
  readonly errors: readonly { readonly code: string }[]
}

const message = 'message { id version text deletedAt deletedById authorId }'
const payload = `{ event { __typename seq line actorId ${message} } errors { code } }`
const events = `events { __typename seq ... on MessageSent { ${message} } ... on MessageEdited { ${message} } ... on MessageDeleted { ${message} } }`
const documents = {
  sendMessage: `mutation ($input: SendMessageInput!) { sendMessage(input: $input) ${payload} }`,
  editMessage: `mutation ($input: EditMessageInput!) { editMessage(input: $input) ${payload} }`,
  addReaction: `mutation ($input: ReactionInput!) { addReaction(input: $input) { event { seq message { id } } errors { code } } }`,
  deleteMessage: `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) ${payload} }`,
} as const
const page = `query ($id: ID!) { timeline(conversationId: $id, last: 50) { ${events} } }`
const entities = `query ($of: [_Any!]!) {
  _entities(representations: $of) { ... on Conversation { unreadCount lastMessage { text deletedAt } } ... on Message { text deletedAt } } }`
const timeline = `subscription ($id: ID!, $after: Int!) { timeline(conversationId: $id, after: $after) { seq ${events} } }`
const inbox =
  'subscription ($after: String) { inbox(after: $after) { entries { conversationId unreadCount lastMessage { text deletedAt } } } }'

describe('deleting messages in the message subgraph', () => {
  let service: TestService
  const [ann, ben, olga] = [newUser(), newUser(), newUser()]
  let id: ConversationId

  beforeAll(async () => {
    service = await startTestService()
  }, 60_000)
  afterAll(() => service.stop(), 60_000)
  beforeEach(() => {
    id = groupOf(olga, ann, ben)
  })

  function groupOf(owner: UserId, ...others: readonly UserId[]): ConversationId {
    const conversationId = newConversation()
    const members = [owner, ...others].map(
      (userId, index) => ({ userId, role: index === 0 ? 'owner' : 'member' }) as const,
    )
    conversations.set(conversationId, { conversationId, streamVersion: 1, kind: 'group', title: null, members })
    return conversationId
  }
  async function ask<Data>(userId: UserId, query: string, variables: Variables): Promise<Answer<Data>> {
    return service.client.send<Data>(await service.owner.token({ userId }), query, variables)
  }
  async function change(userId: UserId, field: keyof typeof documents, input: Variables): Promise<Payload | string> {
    const answer = await ask<Record<string, Payload>>(userId, documents[field], {
      input: { clientId: newClientId(), ...input },
    })
    const { event, errors = [] } = answer.data?.[field] ?? {}
    const code = codeOf(answer) ?? errors[0]?.code
    return code ?? ({ event, errors } as Payload)
  }
  async function sent(text = 'A secret', clientId = newClientId()) {
    const answer = await change(ann, 'sendMessage', { conversationId: id, text, clientId })
    if (typeof answer === 'string' || answer.event === null) throw new Error(`Not sent: ${JSON.stringify(answer)}`)
    return answer.event
  }
  const remove = (userId: UserId, messageId: string, parts: Variables = {}) =>
    change(userId, 'deleteMessage', { conversationId: id, messageId, ...parts })
  /** What a subscription brings until a frame says that it is enough. */
  async function heard(userId: UserId, query: string, variables: Variables, isEnough: (frame: string) => boolean) {
    const stream = service.client.follow<object>(await service.owner.token({ userId }), query, variables)
    const frames: string[] = []
    while (!isEnough(frames.at(-1) ?? '')) frames.push(JSON.stringify((await stream.next()).value ?? 'over'))
    await stream.return?.()
    return frames.join('\n')
  }

  it('a deleted message has a place and an author, and its text is in no answer any more', async () => {
    const clientId = newClientId()
    const { seq, message } = await sent('A secret', clientId)
    await change(ann, 'editMessage', { messageId: message.id, text: 'Another secret' })
    const live = heard(ben, timeline, { id, after: 2 }, (frame) => frame.includes('MessageDeleted'))
    const deleted = await remove(olga, message.id)
    const rest = { id: message.id, version: 3, text: '', deletedById: olga, authorId: ann }
    const event = { __typename: 'MessageDeleted', seq: 3, line: null, actorId: olga, message: rest }
    expect(deleted).toMatchObject({ event, errors: [] })
    const of = [
      { __typename: 'Message', id: message.id },
      { __typename: 'Conversation', id },
    ]
    const [history, found] = [await ask<object>(ben, page, { id }), await ask<object>(ben, entities, { of })]
    expect(history.data).toMatchObject({ timeline: { events: [{ __typename: 'MessageSent', seq, message: rest }] } })
    expect(found.data).toMatchObject({ _entities: [{ text: '' }, { lastMessage: { text: '' } }] })
    const answers = [
      await live,
      await heard(ben, timeline, { id, after: 0 }, (frame) => frame.includes('MessageDeleted')),
      await heard(ben, timeline, { id, after: 1 }, (frame) => frame.includes('MessageDeleted')),
      await heard(ben, inbox, { after: '0' }, (frame) => frame.includes(id)),
      JSON.stringify(await change(ann, 'sendMessage', { conversationId: id, text: 'A secret', clientId })),
      JSON.stringify([deleted, history, found]),
    ]
    for (const answer of answers) {
      expect(answer).toContain('deletedAt')
      expect(answer).not.toMatch(/secret|"deletedAt":null/)
    }
  })

  it('I6: a deleted line is still a line: who has not read it has it to read', async () => {
    const { message } = await sent()
    await sent('Not a secret')
    await remove(ann, message.id)
    const of = [{ __typename: 'Conversation', id }]
    await eventually(async () => {
      const { data } = await ask<{ _entities: { unreadCount: number }[] }>(ben, entities, { of })
      return data?._entities[0]?.unreadCount === 2
    })
  })

  it('I2, I7: is done once, by those who may, to what is there', async () => {
    const { message } = await sent()
    const clientId = newClientId()
    expect(await remove(ben, message.id)).toBe('NOT_MODERATOR')
    expect(await remove(newUser(), message.id)).toBe('NOT_FOUND')
    expect(await remove(ann, message.id, { conversationId: groupOf(ann) })).toBe('NOT_FOUND')
    expect(await remove(ann, newClientId())).toBe('NOT_FOUND')
    expect(await remove(ann, 'mine')).toBe('INVALID_INPUT')
    expect(await remove(ann, message.id, { clientId: 'mine' })).toBe('INVALID_INPUT')
    const raced = await Promise.all([remove(ann, message.id, { clientId }), remove(olga, message.id)])
    expect(raced[0]).toEqual(raced[1])
    expect(await remove(ann, message.id, { clientId })).toEqual(raced[0])
    expect(await change(ann, 'editMessage', { messageId: message.id, text: 'Again' })).toBe('MESSAGE_DELETED')
    const reaction = { conversationId: id, messageId: message.id, emoji: '👍' }
    expect(await change(ben, 'addReaction', reaction)).toBe('MESSAGE_DELETED')
  })
})
