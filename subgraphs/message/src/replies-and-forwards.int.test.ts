import { randomUUID } from 'node:crypto'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { type Answer, codeOf, type Variables } from '@parley/platform/testing/subgraph-client'
import mongoose from 'mongoose'
import { conversations, startTestService, type TestService } from './testing/test-service'

interface Shown {
  readonly id: string
  readonly text: string
  readonly version: number
  readonly deletedAt: string | null
  readonly replyToId: string | null
  readonly replyTo: Omit<Shown, 'replyTo'> | null
  readonly forwardedFromId: string | null
  readonly forwardedFrom: { readonly id: string } | null
}
interface Event {
  readonly seq: number
  readonly message: Shown
}
interface Payload {
  readonly event: Event | null
  readonly errors: readonly { readonly code: string; readonly field?: string }[]
}

const parts = 'id text version deletedAt replyToId forwardedFromId forwardedFrom { id }'
const shown = `... on MessageSent { seq message { ${parts} replyTo { ${parts} } } }`
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { event { ${shown} } errors { code ... on InvalidField { field } } } }`
const documents = {
  send: mutation('sendMessage', 'SendMessageInput'),
  forward: mutation('forwardMessage', 'ForwardMessageInput'),
  edit: 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { event { seq } errors { code } } }',
  delete: 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { event { seq } errors { code } } }',
  pin: 'mutation ($input: PinInput!) { pinMessage(input: $input) { event { seq } errors { code } } }',
  history: `query ($id: ID!, $last: Int) { timeline(conversationId: $id, last: $last) { events { ${shown} } } }`,
  thread: `query ($id: ID!, $root: ID!) { thread(conversationId: $id, rootId: $root) { root { ${parts} replyTo { ${parts} } } events { ${shown} } } }`,
  pins: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { pinnedMessages { ${parts} replyTo { ${parts} } } } } }`,
  timeline: `subscription ($id: ID!, $after: Int!) { timeline(conversationId: $id, after: $after) { seq events { ${shown} } } }`,
}

describe('replies and forwards', () => {
  let service: TestService
  beforeAll(async () => {
    service = await startTestService()
  }, 60_000)
  afterAll(() => service.stop(), 60_000)

  const [ann, ben, otto] = [newUser(), newUser(), newUser()]
  const tokenOf = (userId: UserId | null) => (userId === null ? null : service.owner.token({ userId }))
  async function ask<Data>(userId: UserId | null, query: string, variables: Variables): Promise<Answer<Data>> {
    return service.client.send<Data>(await tokenOf(userId), query, variables)
  }
  function conversationOf(...members: readonly UserId[]): ConversationId {
    const conversationId = newConversation()
    const roles = members.map((userId) => ({ userId, role: 'member' as const }))
    conversations.set(conversationId, { conversationId, streamVersion: 1, kind: 'group', title: null, members: roles })
    return conversationId
  }
  async function change(
    userId: UserId | null,
    document: string,
    input: Variables,
  ): Promise<Answer<Record<string, Payload>>> {
    return ask(userId, document, { input: { clientId: newClientId(), ...input } })
  }
  async function made(userId: UserId, document: string, input: Variables): Promise<Event> {
    const { data, errors } = await change(userId, document, input)
    const [payload] = Object.values(data ?? {})
    if (payload === undefined || payload.event === null) throw new Error(JSON.stringify([errors, payload]))
    return payload.event
  }
  const send = (userId: UserId, conversationId: string, input: Variables = {}) =>
    made(userId, documents.send, { conversationId, text: 'Hello', ...input })
  const forward = (userId: UserId, messageId: string, conversationId: string) =>
    made(userId, documents.forward, { messageId, conversationId })
  async function page(id: string, last = 50): Promise<readonly Shown[]> {
    const { data } = await ask<{ timeline: { events: Event[] } }>(ann, documents.history, { id, last })
    return (data?.timeline.events ?? []).map(({ message }) => message)
  }
  /** Everything after a cursor up to this seq, as one that begins to follow now gets it. */
  async function followed(id: string, upTo: number): Promise<readonly Event[]> {
    const stream = service.client.follow<{ timeline: { seq: number; events: Event[] } }>(
      await tokenOf(ann),
      documents.timeline,
      { id, after: 0 },
    )
    const seen: Event[] = []
    for (let seq = 0; seq < upTo;) {
      const { value } = (await stream.next()) as { value?: { data?: { timeline: { seq: number; events: Event[] } } } }
      if (value?.data === undefined) throw new Error('The stream ended')
      seen.push(...value.data.timeline.events)
      seq = value.data.timeline.seq
    }
    await stream.return?.()
    return seen
  }

  it('show the quoted message as it is now, wherever they are read', async () => {
    const id = conversationOf(ann, ben)
    const quoted = (await send(ann, id, { text: 'A first version' })).message
    const reply = (await send(ben, id, { text: 'Yes', replyToId: quoted.id })).message
    expect(reply.replyTo).toMatchObject({ id: quoted.id, text: 'A first version' })
    await made(ben, documents.pin, { conversationId: id, messageId: reply.id })
    const root = (await send(ben, id, { text: 'Root', replyToId: reply.id })).message
    await send(ann, id, { text: 'In it', threadId: root.id, replyToId: root.id })

    const everywhere = async (): Promise<readonly (Shown | undefined)[]> => {
      const of = [{ __typename: 'Conversation', id }]
      const pins = await ask<{ _entities: { pinnedMessages: Shown[] }[] }>(ann, documents.pins, { of })
      const live = (await followed(id, 5)).find(({ message }) => (message as Shown | undefined)?.id === reply.id)
      const read = (await page(id)).find((message) => message.id === reply.id)
      return [read, pins.data?._entities[0]?.pinnedMessages[0], live?.message]
    }
    const edit = await made(ann, documents.edit, { messageId: quoted.id, text: 'A second version' })
    for (const message of await everywhere())
      expect(message?.replyTo).toMatchObject({ text: 'A second version', version: edit.seq })
    const deletion = await made(ann, documents.delete, { conversationId: id, messageId: quoted.id })
    for (const message of await everywhere()) {
      expect(message).toMatchObject({ text: 'Yes', replyToId: quoted.id })
      expect(message?.replyTo).toMatchObject({
        text: '',
        version: deletion.seq,
        deletedAt: expect.any(String) as string,
      })
    }
    expect(JSON.stringify([await page(id), await followed(id, deletion.seq)])).not.toMatch(/first|second/)
    const { data } = await ask<{ thread: { root: Shown; events: Event[] } }>(ann, documents.thread, {
      id,
      root: root.id,
    })
    expect(data?.thread.root.replyTo).toMatchObject({ id: reply.id, text: 'Yes' })
    expect(data?.thread.events[0]?.message.replyTo).toMatchObject({ id: root.id, text: 'Root' })
  })

  it('cost a page one more read, however many messages it quotes', async () => {
    const id = conversationOf(ann)
    const quoted: string[] = []
    for (let index = 0; index < 20; index += 1) quoted.push((await send(ann, id, { text: `${index}` })).message.id)
    for (const replyToId of quoted) await send(ann, id, { text: 'Yes', replyToId })
    const reads = async (last: number) => {
      const commands: string[] = []
      mongoose.set('debug', (collection: string) => commands.push(collection))
      const messages = await page(id, last)
      mongoose.set('debug', false)
      expect(messages.map(({ replyTo }) => replyTo?.id)).toEqual(quoted.slice(-last))
      return commands.filter((collection) => collection === 'messages').length
    }
    // The projection may be written meanwhile, so the lowest of some counts is what a page needs.
    const lowest = async (last: number) => Math.min(...[await reads(last), await reads(last), await reads(last)])
    expect(await lowest(1)).toBeLessThanOrEqual(2)
    expect(await lowest(20)).toBeLessThanOrEqual(2)
  })

  it('are refused with errors that help, and nothing is sent', async () => {
    const [id, other] = [conversationOf(ann, ben), conversationOf(ann, ben)]
    const [here, there] = [(await send(ann, id)).message, (await send(ann, other)).message]
    const inThread = (await send(ann, id, { threadId: here.id })).message
    const gone = (await send(ann, id)).message
    await made(ann, documents.delete, { conversationId: id, messageId: gone.id })
    const before = await page(id)
    const cases: readonly (readonly [Variables, string, string | undefined])[] = [
      [{ replyToId: there.id }, 'NOT_IN_CONVERSATION', 'replyToId'],
      [{ replyToId: randomUUID() }, 'NOT_IN_CONVERSATION', 'replyToId'],
      [{ replyToId: inThread.id }, 'NOT_IN_LIST', 'replyToId'],
      [{ replyToId: gone.id, threadId: here.id }, 'MESSAGE_DELETED', 'replyToId'],
      [{ replyToId: gone.id }, 'MESSAGE_DELETED', 'replyToId'],
      [{ replyToId: 'mine' }, 'INVALID_INPUT', undefined],
      [{ replyToId: '' }, 'INVALID_INPUT', undefined],
      [{ replyToId: `\uD83D${here.id.slice(1)}` }, 'INVALID_INPUT', undefined],
      [{ replyToId: `${here.id}\u0000` }, 'INVALID_INPUT', undefined],
    ]
    for (const [input, code, field] of cases) {
      const { data } = await change(ben, documents.send, { conversationId: id, text: 'No', ...input })
      expect(data?.['sendMessage']).toEqual({
        event: null,
        errors: [{ code, ...(field === undefined ? {} : { field }) }],
      })
    }
    for (const [messageId, code] of [
      [gone.id, 'MESSAGE_DELETED'],
      ['mine', 'INVALID_INPUT'],
      [`\uDC00${here.id.slice(1)}`, 'INVALID_INPUT'],
    ] as const) {
      const { data } = await change(ben, documents.forward, { messageId, conversationId: id })
      expect(data?.['forwardMessage']).toEqual({ event: null, errors: [{ code }] })
    }
    expect(await page(id)).toEqual(before)
  })

  it('I2: are made once for a client id, five times at once and again after everything', async () => {
    const [id, target] = [conversationOf(ann, ben), conversationOf(ann, ben)]
    const source = (await send(ann, id)).message
    const clientId = newClientId()
    const texts: string[] = []
    for (const once of [
      () => send(ben, id, { replyToId: source.id, clientId }),
      () => made(ben, documents.forward, { messageId: source.id, conversationId: target, clientId }),
    ]) {
      const events = await Promise.all(Array.from({ length: 5 }, once))
      expect(new Set(events.map(({ message }) => message.id)).size).toBe(1)
      texts.push(`Edited ${texts.length}`)
      await made(ann, documents.edit, { messageId: source.id, text: texts.at(-1) })
      expect((await once()).seq).toBe(events[0]?.seq)
    }
    await made(ann, documents.delete, { conversationId: id, messageId: source.id })
    expect((await send(ben, id, { replyToId: source.id, clientId })).message.replyTo).toMatchObject({ text: '' })
    const again = await made(ben, documents.forward, { messageId: source.id, conversationId: target, clientId })
    // Forwarded after the first edit and before the second one.
    expect(again.message).toMatchObject({ text: texts[0], forwardedFromId: ann })
    for (const input of [{ text: 'Another' }, { replyToId: null }]) {
      const { data } = await change(ben, documents.send, {
        conversationId: id,
        text: 'Hello',
        replyToId: source.id,
        clientId,
        ...input,
      })
      expect(data?.['sendMessage']?.errors).toMatchObject([{ code: 'CLIENT_ID_REUSED' }])
    }
  })

  it('I7: forwards are for members of both conversations, and tell nobody where a text is from', async () => {
    const [open, secret, bens] = [conversationOf(ann, ben, otto), conversationOf(ann), conversationOf(ben, otto)]
    const [shared, hidden] = [(await send(ann, open)).message, (await send(ann, secret)).message]
    const answer = async (userId: UserId | null, messageId: string, conversationId: string) => {
      const { data, errors } = await change(userId, documents.forward, { messageId, conversationId })
      return { data, code: codeOf({ errors }), message: errors?.[0]?.message }
    }
    const unknown = await answer(ben, randomUUID(), bens)
    expect(unknown).toMatchObject({ data: { forwardMessage: null }, code: 'NOT_FOUND' })
    expect(await answer(ben, hidden.id, bens)).toEqual(unknown)
    const nowhere = await answer(ben, shared.id, newConversation())
    expect(nowhere).toMatchObject({ data: { forwardMessage: null }, code: 'NOT_FOUND' })
    for (const [userId, to] of [
      [ben, secret],
      [ann, bens],
      [newUser(), open],
    ] as const)
      expect(await answer(userId, shared.id, to)).toEqual(nowhere)
    expect((await answer(null, shared.id, open)).code).toBe('UNAUTHENTICATED')

    const copy = await forward(ben, shared.id, bens)
    expect(copy.message).toMatchObject({
      text: 'Hello',
      forwardedFromId: ann,
      forwardedFrom: { id: ann },
      replyToId: null,
    })
    const further = await forward(otto, copy.message.id, open)
    expect(further.message).toMatchObject({ forwardedFromId: ann })
    const edit = await change(otto, documents.edit, { messageId: further.message.id, text: 'Never' })
    expect(edit.data?.['editMessage']).toMatchObject({ event: null, errors: [{ code: 'FORWARDED' }] })
    await made(otto, documents.delete, { conversationId: open, messageId: further.message.id })
    expect((await page(open)).at(-1)).toMatchObject({ text: '', forwardedFromId: null, forwardedFrom: null })
  })
})
