import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Person } from './browsers.ts'
import { edit, remove, signUp, signUpAll, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const counts = 'query ($id: ID!) { conversation(id: $id) { mentionCount unreadCount } }'
const told = '{ notifications { edges { node { kind messageId actorId } } } }'
const sending =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { message { id mentions { userIds all here } } } errors { code } } }'

const presence =
  'subscription ($ids: [ID!]!, $isActive: Boolean) { presence(userIds: $ids, isActive: $isActive) { people { state } } }'

interface Sent {
  readonly event: { readonly message: { readonly id: string; readonly mentions: unknown } } | null
  readonly errors: readonly { readonly code: string }[]
}

/** Ann is at a desktop, Ben on a phone; five others are in their group, and Otto is not. */
describe('mentions', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let annsApi: Client
  let bensApi: Client
  let others: Client[]
  let otto: Client
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    annsApi = people.api.ann
    bensApi = people.api.ben
    others = await signUpAll(people.url, ['cem', 'dora', 'eva', 'finn', 'gus'])
    otto = await signUp(people.url, 'otto')
    group = await startGroup(annsApi, [bensApi, ...others], 'Neighbours')
    await ann.page.goto(`${people.url}/c/${group}`)
    await ann.page.getByRole('heading', { level: 1, name: 'Neighbours' }).waitFor()
  })
  afterAll(async () => {
    for (const client of [...others, otto]) await client.close()
    await people.stop()
  })

  const post = async (text: string): Promise<Sent> => {
    const input = { conversationId: group, clientId: randomUUID(), text }
    const { data, errors } = await annsApi.gql<{ sendMessage: Sent | null }>(sending, { input })
    if (!data?.sendMessage) throw new Error(JSON.stringify(errors ?? 'no data'))
    return data.sendMessage
  }
  const mentionsOf = async (client: Client): Promise<number> =>
    (await client.must<{ conversation: { mentionCount: number } }>(counts, { id: group })).conversation.mentionCount
  const untilCounted = (client: Client, count: number) =>
    eventually(async () => expect(await mentionsOf(client)).toBe(count))
  const untilTold = (client: Client, messageId: string, times: number) =>
    eventually(async () => {
      const { notifications } = await client.must<{ notifications: { edges: { node: { messageId: string } }[] } }>(told)
      expect(notifications.edges.filter(({ node }) => node.messageId === messageId)).toHaveLength(times)
    })

  it('count and notify until an edit or a deletion takes them back', async () => {
    const { event } = await post(`<@${bensApi.userId}> see this`)
    const id = event?.message.id ?? ''
    expect(event?.message.mentions).toEqual({ userIds: [bensApi.userId], all: false, here: false })
    await untilCounted(bensApi, 1)
    await untilTold(bensApi, id, 1)
    const [cem] = others as [Client]
    await edit(annsApi, id, `<@${cem.userId}> see this`)
    await untilCounted(bensApi, 0)
    await untilTold(bensApi, id, 0)
    await untilCounted(cem, 1)
    await remove(annsApi, group, id)
    await untilCounted(cem, 0)
    await untilTold(cem, id, 0)
  })

  it('are of members only, never of oneself, and bad ones are text or refused', async () => {
    const stranger = await post(`<@${otto.userId}> <@${annsApi.userId}> <@0192f3a0> <@${randomUUID()}>`)
    expect(stranger).toMatchObject({ errors: [], event: { message: { mentions: null } } })
    expect(await mentionsOf(annsApi)).toBe(0)
    const ids = Array.from({ length: 10_000 }, () => `<@${randomUUID()}>`)
    expect((await post(ids.slice(0, 51).join(''))).errors).toMatchObject([{ code: 'TOO_MANY_MENTIONS' }])
    expect((await post(ids.slice(0, 5_000).join(''))).errors).toMatchObject([{ code: 'MESSAGE_TOO_LONG' }])
    await expect(post(ids.join(''))).rejects.toThrow('PAYLOAD_TOO_LARGE')
    const { event } = await post('@all and @here')
    expect(event?.message.mentions).toEqual({ userIds: [], all: true, here: true })
    for (const client of [bensApi, ...others]) await untilCounted(client, 1)
    expect(await mentionsOf(annsApi)).toBe(0)
  })

  it('of those who are online reach them and nobody else, as accounts know it', async () => {
    const [cem, dora] = others as [Client, Client]
    const before = await Promise.all([cem, dora].map(mentionsOf))
    const present = cem.subscribe<{ presence: unknown }>(presence, { ids: [], isActive: true })
    const watched = annsApi.subscribe<{ presence: { people: { state: string }[] } }>(presence, { ids: [cem.userId] })
    await watched.find(({ data }) => data?.presence.people.some(({ state }) => state === 'ONLINE') ?? false)
    const { event } = await post('@here who has a ladder?')
    expect(event?.message.mentions).toEqual({ userIds: [], all: false, here: true })
    await untilCounted(cem, (before[0] ?? 0) + 1)
    await untilTold(cem, event?.message.id ?? '', 1)
    // One event counts for all of them at once.
    expect(await mentionsOf(dora)).toBe(before[1])
    await untilTold(dora, event?.message.id ?? '', 0)
    for (const stream of [present, watched]) stream.close()
    await remove(annsApi, group, event?.message.id)
    await untilCounted(cem, before[0] ?? 0)
  })

  it('are found after an @ with the keyboard, and shown with the name', async () => {
    const field = ann.page.getByRole('textbox', { name: 'Message', exact: true })
    await field.click()
    await ann.page.keyboard.type('Hello @bo')
    const list = ann.page.getByRole('listbox', { name: 'People to mention' })
    await list.getByRole('option', { name: /Ben Bold/ }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.page.keyboard.press('Enter')
    expect(await field.inputValue()).toBe('Hello @Ben Bold ')
    await ann.page.keyboard.type('@')
    await list.getByRole('option', { name: /@all.*6 people/ }).waitFor()
    await ann.shot('desktop-mention-list')
    await ann.page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    await ann.page.keyboard.press('Backspace')
    await ann.page.keyboard.press('Enter')
    await ann.page.getByRole('log').getByText('@Ben Bold').waitFor()
    await ann.page.getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' })
    await ann.page.keyboard.press('ArrowUp')
    const editor = ann.page.getByRole('textbox', { name: 'New text' })
    expect(await editor.inputValue()).toBe('Hello @Ben Bold')
    await ann.page.keyboard.press('Escape')
  })

  it('stand beside the unread count on the phone, and their row stands out', async () => {
    await ben.page.getByRole('link', { name: /Neighbours.*mentions? of you/s }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-mention-badge')
    await ben.page.getByRole('link', { name: /Neighbours/ }).tap()
    await ben.page.getByRole('log').getByText('@Ben Bold').waitFor()
    await untilCounted(bensApi, 0)
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-mentioned')
    await ben.page.getByRole('textbox', { name: 'Message', exact: true }).tap()
    await ben.page.keyboard.type('@an')
    await ben.shot('phone-mention-list')
    await ben.page.getByRole('option', { name: /Ann Arbor/ }).tap()
    await ben.page.getByRole('button', { name: 'Send' }).tap()
    await ann.page
      .getByRole('article', { name: /^Ben Bold/ })
      .getByText('@Ann Arbor')
      .waitFor()
    await ann.shot('desktop-mentioned')
  })

  it('of all who are online ask first on the phone, with their number, and can be left', async () => {
    const before = await mentionsOf(others[0] as Client)
    const present = others.map((client) => client.subscribe(presence, { ids: [], isActive: true }))
    await ben.page.getByText(/^7 members, 7 online/).waitFor()
    const field = ben.page.getByRole('textbox', { name: 'Message', exact: true })
    await field.pressSequentially('Tea, @he')
    await ben.page.getByRole('option', { name: /@here.*6 people online/ }).tap()
    await ben.page.getByRole('button', { name: 'Send' }).tap()
    const question = ben.page.getByRole('dialog', { name: 'Notify 6 people?' })
    await question.waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-notify-here')
    await question.getByRole('button', { name: 'Cancel' }).tap()
    await question.waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe('Tea, @here ')
    expect(await ann.page.getByRole('log').getByText('Tea,').count()).toBe(0)
    await ben.page.getByRole('button', { name: 'Send' }).tap()
    await question.getByRole('button', { name: 'Send' }).tap()
    await ann.page.getByRole('log').getByText('Tea,').waitFor()
    await untilCounted(others[0] as Client, before + 1)
    for (const stream of present) stream.close()
  })

  it('of everybody that an edit adds ask first as well, and count', async () => {
    const before = await mentionsOf(others[0] as Client)
    const field = ann.page.getByRole('textbox', { name: 'Message', exact: true })
    await field.press('ArrowUp')
    const editor = ann.page.getByRole('textbox', { name: 'New text' })
    await editor.press('End')
    await editor.pressSequentially(' and @all!')
    await ann.page.keyboard.press('Enter')
    await ann.page.getByRole('dialog', { name: 'Notify 6 people?' }).getByRole('button', { name: 'Save' }).click()
    await ben.page.getByRole('article').filter({ hasText: '@Ben Bold and @all! (edited)' }).waitFor()
    await untilCounted(others[0] as Client, before + 1)
  })

  it('of everybody ask first, with the number of people', async () => {
    const before = await mentionsOf(others[0] as Client)
    await ann.write('Party, @all!')
    const question = ann.page.getByRole('dialog', { name: 'Notify 6 people?' })
    await question.waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-notify-all')
    await question.getByRole('button', { name: 'Send' }).click()
    await ann.page.getByRole('log').getByText('Party,').waitFor()
    await untilCounted(others[0] as Client, before + 1)
    for (const person of [ann, ben]) expect(person.faults).toEqual([])
  })
})
