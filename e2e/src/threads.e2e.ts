import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { send, signUp, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const thread = 'thread { lines replyCount participantIds }'
const errors = 'errors { code }'
const api = {
  reply: `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
    event { seq line message { id threadId threadLine } root { id version ${thread} } } ${errors} } }`,
  thread: `query ($conversationId: ID!, $rootId: ID!, $after: Int) {
    thread(conversationId: $conversationId, rootId: $rootId, after: $after) {
      root { text deletedAt ${thread} } events { line message { text threadLine } } hasEarlier hasLater readLine unreadCount isFollowed } }`,
  threads: '{ threads(first: 10) { edges { node { rootId lines unreadCount root { text } } } } }',
  markRead: `mutation ($input: MarkThreadReadInput!) { markThreadRead(input: $input) { readLine unreadCount ${errors} } }`,
  remove: `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { event { root { ${thread} } } ${errors} } }`,
  conversation:
    'query ($id: ID!) { conversation(id: $id) { unreadCount lastMessage { text } history { events { line } } } }',
  inbox: 'subscription { inbox { unreadThreadCount threads { rootId unreadCount readLine root { text } } } }',
} as const

interface Sent {
  readonly sendMessage: {
    readonly event: {
      readonly line: number | null
      readonly message: { readonly id: string; readonly threadLine: number }
    }
    readonly errors: readonly { readonly code: string }[]
  }
}

/** Ann at a desktop and Ben on a phone are in a group with Cleo, who has no browser. */
describe('threads', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let clients: readonly [Client, Client, Client]
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    clients = [people.api.ann, people.api.ben, await signUp(people.url, 'cleo', 'Cleo')]
    group = await startGroup(clients[0], [clients[1], clients[2]], 'Neighbours')
    await people.open(group, 'Neighbours')
  })
  afterAll(async () => {
    await clients[2].close()
    await people.stop()
  })

  const reply = async (client: Client, threadId: string, text: string, more: object = {}) => {
    const input = { conversationId: group, clientId: randomUUID(), text, threadId, ...more }
    return (await client.must<Sent>(api.reply, { input })).sendMessage
  }
  const rootOf = async (client: Client, text: string): Promise<string> => {
    const { message } = await send(client, group, text)
    if (message === undefined) throw new Error('Nothing was sent')
    return message.id
  }
  const pane = ({ page }: Person): Locator => page.getByRole('complementary', { name: 'Thread' })
  const messageOf = ({ page }: Person, text: string): Locator =>
    page.getByRole('log', { name: 'Messages', exact: true }).getByRole('article').filter({ hasText: text })

  it('I3, I6: the API numbers replies, counts them by a read position of their own, and not in the conversation', async () => {
    const [annsApi, bensApi, cleosApi] = clients
    const root = await rootOf(annsApi, 'Who waters the plants?')
    const inbox = annsApi.subscribe<{ inbox: { unreadThreadCount: number } }>(api.inbox)
    await inbox.next()
    const before = await cleosApi.must<{ conversation: { unreadCount: number } }>(api.conversation, { id: group })
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, index) => reply(index % 2 === 0 ? bensApi : annsApi, root, `Reply ${index}`)),
    )
    expect(sent.map(({ event }) => event.message.threadLine).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
    expect(sent.map(({ event }) => event.line)).toEqual(sent.map(() => null))
    expect(await cleosApi.must(api.conversation, { id: group })).toMatchObject({
      conversation: { unreadCount: before.conversation.unreadCount, lastMessage: { text: 'Who waters the plants?' } },
    })
    const summary = { lines: 12, replyCount: 12 }
    const asked = { conversationId: group, rootId: root }
    expect(await annsApi.must(api.thread, { ...asked, after: 10 })).toMatchObject({
      thread: { root: { thread: summary }, hasEarlier: true, hasLater: false, unreadCount: 6, isFollowed: true },
    })
    expect(await cleosApi.must(api.thread, asked)).toMatchObject({ thread: { unreadCount: 12, isFollowed: false } })
    expect(await annsApi.must(api.threads)).toMatchObject({
      threads: {
        edges: [{ node: { rootId: root, lines: 12, unreadCount: 6, root: { text: 'Who waters the plants?' } } }],
      },
    })
    expect(await cleosApi.must(api.threads)).toEqual({ threads: { edges: [] } })
    await inbox.find(({ data }) => data?.inbox.unreadThreadCount === 1)
    const position = { input: { ...asked, line: 12 } }
    expect(await annsApi.must(api.markRead, position)).toEqual({
      markThreadRead: { readLine: 12, unreadCount: 0, errors: [] },
    })
    await eventually(() => {
      expect(inbox.all.at(-1)?.data?.inbox.unreadThreadCount).toBe(0)
    })
    inbox.close()
    await bensApi.must(api.markRead, position)
  })

  it('bad input gets a typed error: threads of threads, elsewhere, of deleted messages, and places out of range', async () => {
    const [annsApi, bensApi, cleosApi] = clients
    const root = await rootOf(annsApi, 'A short one')
    const first = await reply(bensApi, root, 'First')
    /** The code of what is refused, in the payload or beside it. */
    const refused = async (client: Client, threadId: string, more: object = {}) => {
      const input = { conversationId: group, clientId: randomUUID(), text: 'No', threadId, ...more }
      const { data, errors: failures } = await client.gql<Partial<Sent>>(api.reply, { input })
      return [...(data?.sendMessage?.errors ?? []), ...(failures ?? []).map(({ extensions }) => extensions)].map(
        (one) => one?.code,
      )
    }
    expect(await refused(annsApi, first.event.message.id)).toEqual(['THREAD_IN_THREAD'])
    expect(await refused(annsApi, randomUUID())).toEqual(['NOT_FOUND'])
    const elsewhere = await startGroup(annsApi, [cleosApi], 'Elsewhere')
    expect(await refused(annsApi, root, { conversationId: elsewhere })).toEqual(['NOT_FOUND'])
    const asked = { conversationId: group, rootId: root }
    const marked = async (line: number) => (await annsApi.gql(api.markRead, { input: { ...asked, line } })).data
    expect(await marked(2)).toMatchObject({ markThreadRead: { errors: [{ code: 'CURSOR_AHEAD' }] } })
    expect(await marked(-1)).toMatchObject({ markThreadRead: { errors: [{ code: 'INVALID_INPUT' }] } })
    const removal = (messageId: string) => ({ input: { conversationId: group, messageId, clientId: randomUUID() } })
    expect(await bensApi.must(api.remove, removal(first.event.message.id))).toMatchObject({
      deleteMessage: { event: { root: { thread: { lines: 1, replyCount: 0 } } } },
    })
    await annsApi.must(api.remove, removal(root))
    expect(await refused(bensApi, root)).toEqual(['MESSAGE_DELETED'])
    expect(await bensApi.must(api.thread, asked)).toMatchObject({
      thread: { root: { text: '', thread: { lines: 1 } }, events: [{ message: { text: '', threadLine: 1 } }] },
    })
  })

  it('a reply from the pane shows below its message, to the other with a badge in the list of threads', async () => {
    await ben.write('Shall we paint the fence?')
    await ann.sees('Shall we paint the fence?')
    await messageOf(ann, 'Shall we paint the fence?').focus()
    await ann.page.keyboard.press('t')
    const field = pane(ann).getByRole('textbox', { name: 'Reply' })
    await field.waitFor()
    await pane(ann).getByText('No replies yet').waitFor()
    await field.fill('Green, please')
    await ann.page.keyboard.press('Enter')
    await pane(ann).getByText('Green, please', { exact: true }).waitFor()
    await messageOf(ben, 'Shall we paint the fence?')
      .getByRole('button', { name: /^1 reply/ })
      .waitFor()
    expect(await ben.page.getByText('Green, please').count()).toBe(0)
    await ann.axe().then((found) => expect(found).toEqual([]))
    await ann.shot('desktop-thread')
    await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
    await ben.page.getByRole('link', { name: /Threads.*1 with new replies/s }).tap()
    await ben.page.getByRole('heading', { level: 1, name: 'Threads' }).waitFor()
    await ben.page.getByRole('link', { name: /Shall we paint the fence\?.*1 new/s }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-threads')
  })

  it('on a phone it fills the screen, is read when it is seen, and a reply can be in the conversation as well', async () => {
    await ben.page.getByRole('link', { name: /Shall we paint the fence\?/ }).tap()
    await pane(ben).getByText('Green, please', { exact: true }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-thread')
    await pane(ben).getByRole('textbox', { name: 'Reply' }).fill('Blue it is')
    await pane(ben).getByRole('checkbox', { name: 'Also send to the conversation' }).tap()
    await pane(ben).getByRole('button', { name: 'Send' }).tap()
    await pane(ben).getByText('Blue it is', { exact: true }).waitFor()
    await pane(ann).getByText('Blue it is', { exact: true }).waitFor()
    await messageOf(ann, 'Blue it is').getByRole('button', { name: 'Replied in a thread' }).waitFor()
    await ann.shot('desktop-thread-also')
    // It is in both lists: what is opened for it is opened where it was asked for.
    const inPane = pane(ann).getByRole('article').filter({ hasText: 'Blue it is' })
    await inPane.focus()
    await ann.page.keyboard.press('a')
    await ann.page.getByRole('dialog', { name: 'Pick an emoji' }).waitFor()
    expect(await ann.page.getByRole('dialog', { name: 'Pick an emoji', includeHidden: true }).count()).toBe(1)
    await ann.page.keyboard.press('Escape')
    await ann.page.getByRole('dialog', { name: 'Pick an emoji' }).waitFor({ state: 'detached' })
    await inPane.waitFor()
    // The conversation is behind it: what comes there is not read, and what comes in the thread is.
    const [annsApi, bensApi] = clients
    const unread = async () =>
      (await bensApi.must<{ conversation: { unreadCount: number } }>(api.conversation, { id: group })).conversation
        .unreadCount
    await eventually(async () => expect(await unread()).toBe(0))
    await send(annsApi, group, 'The shop closes at six')
    await ben.page.getByText('The shop closes at six', { exact: true }).waitFor({ state: 'attached' })
    const rootId = new URL(ben.page.url()).searchParams.get('thread') ?? ''
    await reply(annsApi, rootId, 'Blue, then')
    await pane(ben).getByText('Blue, then', { exact: true }).waitFor()
    await eventually(async () => {
      expect(await bensApi.must(api.thread, { conversationId: group, rootId })).toMatchObject({
        thread: { unreadCount: 0 },
      })
    })
    expect(await unread()).toBe(1)
    await pane(ben).getByRole('button', { name: 'Back to the conversation' }).tap()
    await pane(ben).waitFor({ state: 'detached' })
    await messageOf(ben, 'Blue it is').getByRole('button', { name: 'Replied in a thread' }).waitFor()
    await eventually(async () => expect(await unread()).toBe(0))
    // A link in the thread leads to a message that is behind it.
    await messageOf(ben, 'Blue it is').getByRole('button', { name: 'Replied in a thread' }).tap()
    await reply(annsApi, rootId, `See ${people.url}/c/${group}?message=${rootId}`)
    await pane(ben).getByRole('link').tap()
    await pane(ben).waitFor({ state: 'detached' })
    await messageOf(ben, 'Shall we paint the fence?').waitFor()
    await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
    await ben.page.getByRole('link', { name: 'Threads', exact: true }).waitFor()
  })

  it('a reply that is also in the conversation is edited in the list where that was begun', async () => {
    await pane(ann).getByRole('checkbox', { name: 'Also send to the conversation' }).check()
    const field = pane(ann).getByRole('textbox', { name: 'Reply' })
    await field.fill('Two coats of it')
    await field.press('Enter')
    const both = [
      pane(ann).getByRole('log', { name: 'Messages of the thread' }),
      ann.page.getByRole('log', { name: 'Messages', exact: true }),
    ]
    for (const list of both) {
      const message = list.getByRole('article').filter({ hasText: 'Two coats of it' })
      await message.getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' })
      await message.press('e')
      await list.getByRole('textbox', { name: 'New text' }).waitFor()
      expect(await ann.page.getByRole('textbox', { name: 'New text' }).count()).toBe(1)
      await list.getByRole('button', { name: 'Cancel' }).click()
      await list.getByRole('textbox', { name: 'New text' }).waitFor({ state: 'detached' })
    }
  })

  it('Escape closes it and gives the focus back; what is done to a reply in the pane is seen everywhere', async () => {
    await pane(ann).getByRole('article').filter({ hasText: 'Green, please' }).focus()
    await ann.page.keyboard.press('e')
    await pane(ann).getByRole('textbox', { name: 'New text' }).fill('Dark green, please')
    await ann.page.keyboard.press('Enter')
    await pane(ann).getByText('Dark green, please', { exact: true }).waitFor()
    // The focus returns to the field when the edit is over.
    await pane(ann).getByRole('textbox', { name: 'New text' }).waitFor({ state: 'detached' })
    await pane(ann).getByRole('article').filter({ hasText: 'Dark green' }).press('Delete')
    await ann.page.getByRole('dialog', { name: 'Delete this message?' }).waitFor()
    await ann.page.keyboard.press('Enter')
    await pane(ann).getByText('You deleted a message').waitFor()
    await messageOf(ann, 'Shall we paint the fence?')
      .getByRole('button', { name: /^4 replies/ })
      .waitFor()
    await pane(ann).getByRole('textbox', { name: 'Reply' }).focus()
    await ann.page.keyboard.press('Escape')
    await pane(ann).waitFor({ state: 'detached' })
    await ann.page.waitForFunction(() => document.activeElement?.textContent.includes('paint the fence') === true)
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
