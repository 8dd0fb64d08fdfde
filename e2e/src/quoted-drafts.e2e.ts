import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { edit, markRead, remove, send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** Ann at a desktop and Ben on a phone begin replies to messages far above, and come back to them later. */
describe('a draft that replies to a message which is not loaded', () => {
  let people: TwoPeople
  let group: string
  let questions: Readonly<Record<'ann' | 'ben', string>>

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    group = await startGroup(ann, [ben], 'Neighbours')
    const asked = async (text: string) => (await send(ben, group, text)).message?.id ?? ''
    questions = { ann: await asked('Who waters the plants?'), ben: await asked('Who feeds the cat?') }
    for (let number = 1; number <= 120; number += 1) await send(ann, group, `message ${number}`)
    for (const client of [ann, ben]) await markRead(client, group)
  })
  afterAll(() => people.stop())

  const messageOf = ({ page }: Person, text: string): Locator => page.getByRole('article').filter({ hasText: text })
  const replyingTo = ({ page }: Person): Locator => page.getByRole('group', { name: 'Replying to' })
  const reopen = async ({ page }: Person) => {
    await page.goto(`${people.url}/c/${group}`)
    await page.getByRole('heading', { level: 1, name: 'Neighbours' }).waitFor()
  }

  it.each([
    ['ann', 'Who waters the plants?'],
    ['ben', 'Who feeds the cat?'],
  ] as const)('shows what it says now, edited and deleted: %s', async (who, text) => {
    const person = people[who]
    const { page } = person
    await page.goto(`${people.url}/c/${group}?message=${questions[who]}`)
    await messageOf(person, text).waitFor()
    if (who === 'ann') {
      await messageOf(person, text).focus()
      await page.keyboard.press('r')
    } else {
      await person.longPress(messageOf(person, text).getByText(text, { exact: true }))
      await page.getByRole('dialog').getByRole('button', { name: 'Reply', exact: true }).tap()
    }
    await replyingTo(person).getByText(text).waitFor()
    await page.goto('about:blank')
    await edit(people.api.ben, questions[who], `${text} Me?`)
    await reopen(person)
    await replyingTo(person).getByText(`${text} Me?`).waitFor()
    expect(await messageOf(person, text).count()).toBe(0)
    expect(await person.axe()).toEqual([])
    await page.goto('about:blank')
    await remove(people.api.ben, group, questions[who])
    await reopen(person)
    await replyingTo(person).getByText('Message deleted').waitFor()
    await person.shot(`${who === 'ann' ? 'desktop' : 'phone'}-draft-quote-deleted`)
    // Nor does the device keep what was deleted.
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(text)
    expect(person.faults).toEqual([])
  })
})
