import { randomUUID } from 'node:crypto'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { queries, send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** More than the largest page of the API has. */
const many = 125
const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const
const mark = (verb: 'add' | 'remove') =>
  `mutation ($input: BookmarkInput!) { done: ${verb}Bookmark(input: $input) { messageId } }`

/** Ann, at a desktop, and Ben, on a phone, have more bookmarks and threads than one answer has. */
describe('lists of more than a hundred', () => {
  let people: TwoPeople
  let group: string
  let ids: readonly string[]

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    group = await startGroup(ann, [ben], 'Neighbours')
    const sent: string[] = []
    for (let number = 1; number <= many; number += 1) {
      const { message } = await send(ann, group, `message ${number}`)
      sent.push(message?.id ?? '')
    }
    ids = sent
    for (const client of [ann, ben])
      for (const messageId of ids) await client.must(mark('add'), { input: { messageId } })
    for (const threadId of ids) await reply(threadId, 'I agree')
  })
  afterAll(() => people.stop())

  const reply = (threadId: string, text: string) =>
    people.api.ben.must(queries.send, { input: { conversationId: group, clientId: randomUUID(), text, threadId } })
  const open = async ({ page }: Person, name: 'Bookmarks' | 'Threads', list: string) => {
    await page.goto(people.url)
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
    const rows = page.getByRole('list', { name: list, exact: true }).getByRole('listitem')
    await rows.nth(29).waitFor()
    return rows
  }

  /** To the end of a list of which the first page is shown. */
  const showAll = async ({ page }: Person, rows: Locator) => {
    const more = page.getByRole('button', { name: 'Show more' })
    for (const shown of [60, 90, 120, many]) {
      await more.click()
      await rows.nth(shown - 1).waitFor()
    }
    await more.waitFor({ state: 'detached' })
    expect(await rows.count()).toBe(many)
  }

  it.each(devices)('bookmarks go on to the first one: %s on a %s', async (who, device) => {
    const person = people[who]
    const rows = await open(person, 'Bookmarks', 'Bookmarks')
    await showAll(person, rows)
    await rows.last().getByText('message 1', { exact: true }).waitFor()
    expect(await person.axe()).toEqual([])
    await person.shot(`${device}-many-bookmarks`)
    // What another device changes is shown at its place, and nothing that was shown goes.
    const input = { messageId: (await send(people.api[who], group, 'The newest')).message?.id }
    await people.api[who].must(mark('add'), { input })
    await rows.first().getByText('The newest', { exact: true }).waitFor()
    await rows.nth(many - 1).waitFor()
    await people.api[who].must(mark('remove'), { input })
    await rows.first().getByText(`message ${many}`, { exact: true }).waitFor()
    expect(person.faults).toEqual([])
  })

  it.each(devices)('threads go on to the one that was quiet for longest: %s on a %s', async (who, device) => {
    const person = people[who]
    const rows = await open(person, 'Threads', 'Threads that you follow')
    await showAll(person, rows)
    expect(await person.axe()).toEqual([])
    await person.shot(`${device}-many-threads`)
    const number = Number(/message (\d+)/.exec(await rows.last().innerText())?.[1])
    await reply(ids[number - 1] ?? '', 'Again')
    await rows.first().getByText(`message ${number}`, { exact: true }).waitFor()
    expect(await rows.count()).toBe(many)
    expect(person.faults).toEqual([])
  })
})
