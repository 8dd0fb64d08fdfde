import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { Person, phone } from './browsers.ts'
import { password, queries, remove, send, signUp, startGroup, type TimelineEventView } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const historyAt = `query ($id: ID!, $before: Int, $after: Int, $around: Int, $message: ID, $date: DateTime, $unread: Boolean, $first: Int, $last: Int) {
  timeline(conversationId: $id, before: $before, after: $after, around: $around, aroundMessage: $message, aroundDate: $date, aroundUnread: $unread, first: $first, last: $last) {
    hasEarlier hasLater aroundLine events { line } } }`
const threadUnread = `query ($conversationId: ID!, $rootId: ID!) {
  thread(conversationId: $conversationId, rootId: $rootId, last: 1) { unreadCount } }`
const messageById = 'query ($id: ID!) { message(id: $id) { line text } }'

interface Sent {
  readonly sendMessage: { readonly event: { readonly message: { readonly id: string } } }
}

interface PageAnswer {
  readonly timeline: {
    readonly hasEarlier: boolean
    readonly hasLater: boolean
    readonly aroundLine: number | null
    readonly events: readonly { readonly line: number }[]
  } | null
}

/** Ann, at a desktop, and Ben, on a phone, are in a group with a long history. Otto is not in it. */
describe('the history and its links', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let api: { readonly ann: Client; readonly ben: Client; readonly otto: Client }
  let group: string
  let messages: readonly TimelineEventView[]
  const linkTo = (id: string | undefined, conversation = group) => `${people.url}/c/${conversation}?message=${id ?? ''}`
  const idOf = (number: number) => messages[number - 1]?.message?.id

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    api = { ...people.api, otto: await signUp(people.url, 'otto', 'Otto Outer') }
    group = await startGroup(api.ann, [api.ben], 'Neighbours')
    const sent: TimelineEventView[] = []
    for (let number = 1; number <= 240; number += 1) sent.push(await send(api.ann, group, `message ${number}`))
    messages = sent
  })
  afterAll(async () => {
    await api.otto.close()
    await people.stop()
  })

  describe('in the API', () => {
    const ask = (client: Client, range: object, id = group) => client.gql<PageAnswer>(historyAt, { id, ...range })
    const codeOf = async (
      answer: Promise<{ readonly errors?: readonly { readonly extensions?: { code?: string } }[] }>,
    ) => (await answer).errors?.[0]?.extensions?.code
    const pageAt = async (client: Client, range: object) => {
      const { timeline } = (await ask(client, range)).data ?? {}
      const lines = timeline?.events.map(({ line }) => line) ?? []
      return [lines[0], lines.at(-1), timeline?.aroundLine, timeline?.hasEarlier, timeline?.hasLater]
    }

    it('pages go both ways, and around a line, a message, a date and the first unread line', async () => {
      const line = messages[99]?.line ?? 0
      const end = messages.at(-1)?.line ?? 0
      expect(await pageAt(api.ann, { before: line, last: 5 })).toEqual([line - 5, line - 1, null, true, true])
      expect(await pageAt(api.ann, { after: line, first: 5 })).toEqual([line + 1, line + 5, null, true, true])
      expect(await pageAt(api.ann, { after: 0, first: 5 })).toEqual([1, 5, null, false, true])
      const around = [line - 2, line + 2, line, true, true]
      expect(await pageAt(api.ann, { around: line, last: 5 })).toEqual(around)
      expect(await pageAt(api.ann, { message: idOf(100), last: 5 })).toEqual(around)
      await api.ben.must(queries.markRead, { input: { conversationId: group, line: line - 1 } })
      expect(await pageAt(api.ben, { unread: true, last: 5 })).toEqual(around)
      expect(await pageAt(api.ann, { date: '2000-01-01T00:00:00Z', last: 5 })).toEqual([1, 5, 1, false, true])
      expect(await pageAt(api.ann, { date: '2100-01-01T00:00:00Z', last: 5 })).toEqual([end - 4, end, end, true, false])
    })

    it('lines beyond the end are harmless, and what no conversation has is refused', async () => {
      const end = messages.at(-1)?.line ?? 0
      expect(await pageAt(api.ann, { around: 2_147_483_647, last: 3 })).toEqual([end - 2, end, end, true, false])
      expect(await pageAt(api.ann, { before: 2_147_483_647, last: 3 })).toEqual([end - 2, end, null, true, false])
      expect(await pageAt(api.ann, { after: 2_147_483_647 })).toEqual([undefined, undefined, null, true, false])
      const bad = [
        { around: 0 },
        { around: -1 },
        { before: 0 },
        { after: -1 },
        { around: 2 ** 31 },
        { around: 1.5 },
        { last: 101 },
        { after: 1, first: 0 },
        { before: 5, around: 5 },
        { message: idOf(1), unread: true },
        { after: 1, first: 2, last: 2 },
        { after: 1, last: 2 },
        { first: 2 },
        { message: 'not-an-id' },
        { message: { $gt: '' } },
        { date: 'yesterday' },
      ]
      for (const range of bad) expect([range, await codeOf(ask(api.ann, range))]).toEqual([range, 'INVALID_INPUT'])
    })

    it('I7: a message that does not exist, of another conversation or for others is the same to whoever asks', async () => {
      const other = await startGroup(api.ann, [api.ben], 'Elsewhere')
      const elsewhere = await send(api.ann, other, 'elsewhere')
      const absent = randomUUID()
      expect(await codeOf(ask(api.ann, { message: absent }))).toBe('NOT_FOUND')
      expect(await codeOf(ask(api.ann, { message: elsewhere.message?.id }))).toBe('NOT_FOUND')
      expect(await codeOf(ask(api.otto, { message: idOf(1) }))).toBe('NOT_FOUND')
      const one = (client: Client, id: string | undefined) =>
        client.gql<{ message: object | null }>(messageById, { id })
      expect((await one(api.ben, idOf(7))).data?.message).toEqual({ line: messages[6]?.line, text: 'message 7' })
      await api.ben.must(queries.leave, { input: { conversationId: other } })
      const answers = [
        await one(api.ann, absent),
        await one(api.otto, idOf(7)),
        await one(api.ben, elsewhere.message?.id),
      ]
      for (const { data, errors } of answers) {
        expect(data?.message ?? null).toBeNull()
        expect(errors).toMatchObject([{ message: answers[0]?.errors?.[0]?.message, extensions: { code: 'NOT_FOUND' } }])
      }
      expect(await codeOf(one(api.ann, 'not-an-id'))).toBe('INVALID_INPUT')
    })
  })

  it('at the desktop: a link opens far from the end, which is one press away and counts what is new', async () => {
    const { page } = ann
    await page.goto(linkTo(idOf(40)))
    await ann.sees('message 40')
    await page.waitForURL(`${people.url}/c/${group}`)
    expect(await page.getByText('message 240', { exact: true }).count()).toBe(0)
    await ann.shot('desktop-at-a-message')
    expect(await ann.axe()).toEqual([])
    await send(api.ben, group, 'news from Ben')
    const news = page.getByRole('button', { name: '1 new message' })
    await news.waitFor()
    await page.getByText('message 60', { exact: true }).scrollIntoViewIfNeeded()
    await page.getByText('message 20', { exact: true }).waitFor({ state: 'attached' })
    await ann.shot('desktop-new-below')
    await news.click()
    await ann.sees('news from Ben')
    await news.waitFor({ state: 'detached' })
  })

  it('at the desktop: reading on from there leads to the end without a gap', async () => {
    const { page } = ann
    await page.goto(linkTo(idOf(150)))
    await ann.sees('message 150')
    const log = page.getByRole('log')
    for (let number = 151; number <= 240; number += 1) {
      const row = log.getByText(`message ${number}`, { exact: true })
      // While lines are loaded above or below, the list may draw the row anew between the two steps.
      await eventually(async () => {
        await row.waitFor({ state: 'attached' })
        await row.scrollIntoViewIfNeeded()
      })
    }
    await ann.sees('news from Ben')
    await page.getByText('Loading later messages…').waitFor({ state: 'detached' })
  })

  it('at the desktop: the day above the messages leads to any other place', async () => {
    const { page } = ann
    await page.goto(linkTo(idOf(1)))
    await ann.sees('message 1')
    await page
      .getByRole('button', { name: /jump to a date/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: 'Jump to a date' })
    await dialog.waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-date')
    await dialog.getByRole('button', { name: 'Newest messages' }).click()
    await ann.sees('news from Ben')
    // And when all of it is loaded.
    const log = page.getByRole('log', { name: 'Messages', exact: true })
    const beginning = page.getByText('This is where the conversation begins.')
    await eventually(async () => {
      await log.press('Home')
      await beginning.waitFor({ timeout: 1_000 })
    })
    await log.press('Home')
    await ann.sees('message 1')
    await page
      .getByRole('button', { name: /jump to a date/ })
      .first()
      .click()
    await dialog.getByRole('button', { name: 'Newest messages' }).click()
    await ann.sees('news from Ben')
    await page.goto(linkTo(idOf(1)))
    await ann.sees('message 1')
    await page
      .getByRole('button', { name: /jump to a date/ })
      .first()
      .click()
    await dialog.getByLabel('Date').fill('2020-02-02')
    await dialog.getByRole('button', { name: 'Go', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await ann.sees('message 1')
  })

  it('on the phone: a copied link in a message opens in place', async () => {
    const { page } = ann
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(linkTo(idOf(90)))
    const message = page.getByRole('log').locator('article', { hasText: /message 90$/ })
    // While the list finds its place it may draw the message anew, which then has lost the focus.
    await eventually(async () => {
      await message.focus()
      await page.keyboard.press('l')
      await page.getByText('Link copied').waitFor({ state: 'attached', timeout: 2_000 })
    })
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(linkTo(idOf(90)))
    const other = await startGroup(api.ann, [api.ben], 'The garden')
    await send(api.ann, other, `Look: ${link}`)
    await ben.page.goto(`${people.url}/c/${other}`)
    await ben.page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await ben.page.getByRole('log').getByRole('link').tap()
    await ben.sees('message 90')
    await ben.page.getByRole('heading', { level: 1, name: 'Neighbours' }).waitFor()
    expect(await ben.page.evaluate(() => 'isSamePage' in window)).toBe(true)
    await ben.shot('phone-at-a-message')
    expect(await ben.axe()).toEqual([])
    // To the first of those below that he has not seen, and from there to the end.
    const down = ben.page.getByRole('button', { name: /^\d+ new messages?$|^Jump to the latest message$/ })
    await down.tap()
    await eventually(async () => {
      if (await down.isVisible()) await down.tap()
      await ben.sees('news from Ben', 1_000)
    })
  })

  it('on the phone: the sheet of a message copies its link, at the message of a link too', async () => {
    const { page } = ben
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(linkTo(idOf(118)))
    const message = page.getByRole('log').getByText('message 118', { exact: true })
    await message.waitFor()
    // It has the focus; the bar is for those who have a pointer or keys.
    expect(await page.getByRole('toolbar', { name: 'Message actions' }).count()).toBe(0)
    await ben.longPress(message)
    await page.getByRole('dialog').getByRole('button', { name: 'Copy link', exact: true }).tap()
    await page.getByText('Link copied').waitFor({ state: 'attached' })
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(linkTo(idOf(118)))
  })

  it('a link to a reply that is only in a thread opens the thread there, on both', async () => {
    const replies: (string | undefined)[] = []
    for (let number = 1; number <= 70; number += 1) {
      const input = { conversationId: group, clientId: randomUUID(), text: `reply ${number}`, threadId: idOf(120) }
      const { sendMessage } = await api.ann.must<Sent>(queries.send, { input })
      replies.push(sendMessage.event.message.id)
    }
    const link = linkTo(replies[9])
    await ann.page.goto(link)
    await expectReply(ann, 'reply 10')
    expect(ann.page.url()).toBe(`${people.url}/c/${group}?thread=${idOf(120)}`)
    await conversationOf(ann).getByText('message 120', { exact: true }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-at-a-reply')
    const other = await startGroup(api.ann, [api.ben], 'The shed')
    await send(api.ann, other, `Look: ${link}`)
    await ben.page.goto(`${people.url}/c/${other}`)
    await ben.page.getByRole('log').getByRole('link').tap()
    await expectReply(ben, 'reply 10')
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-at-a-reply')
    await ben.page.getByRole('button', { name: 'Back to the conversation' }).tap()
    await conversationOf(ben).getByText('message 120', { exact: true }).waitFor()
    // He has seen those around it from the first one on; what is after them was not before his eyes.
    const { thread } = await api.ben.must<{ thread: { unreadCount: number } }>(threadUnread, {
      conversationId: group,
      rootId: idOf(120),
    })
    expect(thread.unreadCount).toBeGreaterThan(30)
    expect(thread.unreadCount).toBeLessThanOrEqual(60)
  })

  const conversationOf = ({ page }: Person) => page.getByRole('log', { name: 'Messages', exact: true })
  /** The reply is to be seen in the open thread, far from its end. */
  async function expectReply({ page }: Person, text: string): Promise<void> {
    const list = page.getByRole('complementary', { name: 'Thread' }).getByRole('log')
    const reply = list.getByText(text, { exact: true })
    await reply.waitFor()
    await eventually(async () => {
      const [inside, around] = [await reply.boundingBox(), await list.boundingBox()]
      const top = (inside?.y ?? 0) - (around?.y ?? 0)
      expect(top > 0 && top + (inside?.height ?? 0) < (around?.height ?? 0)).toBe(true)
    })
    expect(await list.getByText('reply 70', { exact: true }).count()).toBe(0)
  }

  it('on the phone: a link for somebody who is signed out waits until they have signed in', async () => {
    const later = await Person.open(people.browser, phone)
    await later.page.goto(linkTo(idOf(33)))
    await later.page.getByLabel('Username').fill('ben')
    await later.page.getByLabel('Password').fill(password)
    await later.page.getByRole('button', { name: 'Sign in' }).tap()
    await later.sees('message 33')
    expect(later.faults).toEqual([])
  })

  it('says so when there is nothing to see: for others, for what never was, and for what was deleted', async () => {
    const { page } = ann
    await page.goto(linkTo(randomUUID()))
    await page
      .getByRole('alert')
      .getByText(/This message is not in the conversation/)
      .waitFor()
    await ann.sees('news from Ben')
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-missed')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText(/This message is not in the conversation/).waitFor({ state: 'detached' })
    await page.goto(linkTo('rubbish'))
    await page
      .getByRole('alert')
      .getByText(/This message is not in the conversation/)
      .waitFor()
    await remove(api.ann, group, idOf(25))
    await page.goto(linkTo(idOf(25)))
    await ann.sees('You deleted a message')
    const otto = await Person.open(people.browser, phone)
    await otto.page.goto(linkTo(idOf(40)))
    await otto.page.getByLabel('Username').fill('otto')
    await otto.page.getByLabel('Password').fill(password)
    await otto.page.getByRole('button', { name: 'Sign in' }).tap()
    await otto.page.getByText('This conversation is not here').waitFor()
    await otto.shot('phone-not-for-you')
    expect(await otto.axe()).toEqual([])
    for (const person of [ann, ben, otto]) expect(person.faults).toEqual([])
  })
})
