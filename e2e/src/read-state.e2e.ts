import type { Client } from '@parley/testing/client'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { markRead, send, signUp, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** What is read: "mark unread from here", and who sees what others have read. Cleo, without a browser, is in the group. */
describe('reading on a desktop and a phone', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let cleo: Client
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    cleo = await signUp(people.url, 'cleo', 'Cleo Clark')
    group = await startGroup(people.api.ann, [people.api.ben, cleo], 'Neighbours')
  })
  afterAll(async () => {
    await cleo.close()
    await people.stop()
  })

  const messageOf = ({ page }: Person, text: string): Locator =>
    page.getByRole('article').filter({ has: page.getByText(text, { exact: true }) })
  const divider = ({ page }: Person): Locator => page.getByRole('separator', { name: 'New messages' })
  /** The conversation in the list, with so many unread messages. */
  const listed = ({ page }: Person, unread: number): Locator =>
    page.getByRole('link', {
      name: unread === 0 ? /^Neighbours(?!.*unread)/s : new RegExp(`^Neighbours.*${unread} unread`, 's'),
    })
  /** How far an own message has come. */
  const tick = (person: Person, text: string, label: string): Locator =>
    messageOf(person, text).locator(`[aria-label="${label}"]`)
  const chooseInProfile = async ({ page }: Person, item: string) => {
    await page.getByRole('button', { name: /Your profile/ }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  describe('mark unread from here', () => {
    let secondTab: Person

    it('brings back the divider and the badge, and in a second tab of the same person as well', async () => {
      for (const text of ['first', 'second', 'third']) await send(people.api.ben, group, text)
      secondTab = await ann.newTab(people.url)
      await listed(secondTab, 3).waitFor()
      await ann.page.bringToFront()
      await ann.page.goto(`${people.url}/c/${group}`)
      await ann.sees('third')
      await listed(ann, 0).waitFor()
      await listed(secondTab, 0).waitFor()
      await messageOf(ann, 'second').hover()
      await ann.page.mouse.move(600, 300)
      await messageOf(ann, 'second').hover()
      await messageOf(ann, 'second').getByRole('button', { name: 'More actions' }).click()
      await ann.page.getByRole('menuitem', { name: 'Mark unread from here' }).click()
      await listed(ann, 2).waitFor()
      await listed(secondTab, 2).waitFor()
      await secondTab.page.waitForFunction(() => document.title.startsWith('(2) '))
      const fromTheTop = [messageOf(ann, 'first'), divider(ann), messageOf(ann, 'second')]
      const tops = await Promise.all(fromTheTop.map(async (row) => (await row.boundingBox())?.y ?? NaN))
      expect(tops.every(Number.isFinite)).toBe(true)
      expect(tops).toEqual([...tops].sort((one, other) => one - other))
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-marked-unread')
    })

    it('keeps it so while one is there and more arrives, until one comes back to it', async () => {
      await send(people.api.ben, group, 'fourth')
      await ann.sees('fourth')
      await listed(ann, 3).waitFor()
      await listed(secondTab, 3).waitFor()
      await ann.page.getByRole('link', { name: 'Bookmarks' }).click()
      await ann.page.getByRole('heading', { level: 1, name: 'Bookmarks' }).waitFor()
      await listed(ann, 3).click()
      await divider(ann).waitFor()
      await listed(ann, 0).waitFor()
      await listed(secondTab, 0).waitFor()
      expect(secondTab.faults).toEqual([])
      await secondTab.page.close()
    })

    it('on a phone by a long press', async () => {
      await send(people.api.ann, group, 'fifth')
      await ben.page.goto(`${people.url}/c/${group}`)
      await ben.sees('fifth')
      await ben.longPress(messageOf(ben, 'fifth').getByText('fifth', { exact: true }))
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-message-sheet')
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Mark unread from here' }).tap()
      await divider(ben).waitFor()
      await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
      await listed(ben, 1).waitFor()
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-marked-unread')
      await listed(ben, 1).tap()
      await divider(ben).waitFor()
      await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
      await listed(ben, 0).waitFor()
    })
  })

  describe('ticks and who has read', () => {
    it('a message is sent, then seen by one and by the other, without a reload', async () => {
      await ann.write('Who has a ladder?')
      await tick(ann, 'Who has a ladder?', 'Sent').waitFor()
      await listed(ben, 1).tap()
      await ben.sees('Who has a ladder?')
      await tick(ann, 'Who has a ladder?', 'Seen by 1 of 2').waitFor()
      await tick(ann, 'Who has a ladder?', 'Seen by 1 of 2').click()
      const dialog = ann.page.getByRole('dialog', { name: 'Read by' })
      await dialog.getByRole('list', { name: 'Seen', exact: true }).getByText('Ben Bold').waitFor()
      await dialog.getByRole('list', { name: 'Not seen yet, or not shown' }).getByText('Cleo Clark').waitFor()
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-read-by')
      await markRead(cleo, group)
      await dialog.getByRole('list', { name: 'Seen', exact: true }).getByText('Cleo Clark').waitFor()
      await ann.page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await tick(ann, 'Who has a ladder?', 'Seen by everybody').waitFor()
      await ann.shot('desktop-seen')
    })

    it('by a key at the desktop, by the sheet of a message on the phone', async () => {
      await messageOf(ann, 'Who has a ladder?').focus()
      await ann.page.keyboard.press('i')
      await ann.page.getByRole('dialog', { name: 'Read by' }).waitFor()
      await ann.page.keyboard.press('Escape')
      await ben.write('I have one')
      await tick(ben, 'I have one', 'Seen by 1 of 2').waitFor()
      await ben.longPress(messageOf(ben, 'I have one').getByText('I have one', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Read by' }).tap()
      const dialog = ben.page.getByRole('dialog', { name: 'Read by' })
      await dialog.getByRole('list', { name: 'Seen', exact: true }).getByText('Ann Arbor').waitFor()
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-read-by')
      await ben.page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    })

    it('a mark takes back nothing that others were shown', async () => {
      await tick(ann, 'Who has a ladder?', 'Seen by everybody').waitFor()
      await ben.longPress(messageOf(ben, 'Who has a ladder?').getByText('Who has a ladder?', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Mark unread from here' }).tap()
      await divider(ben).waitFor()
      await ann.page.reload()
      await tick(ann, 'Who has a ladder?', 'Seen by everybody').waitFor()
    })
  })

  describe('the switch of read receipts', () => {
    it('who hides what they have read is not shown to have read, and is not shown who has', async () => {
      await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
      await chooseInProfile(ben, 'Hide what I have read')
      await tick(ann, 'Who has a ladder?', 'Seen by 1 of 2').waitFor()
      await ann.write('It has to be a long one')
      await ben.page.getByRole('link', { name: /^Neighbours/ }).tap()
      await ben.sees('It has to be a long one')
      await tick(ben, 'I have one', 'Sent').waitFor()
      await ben.write('Long enough')
      await ann.sees('Long enough')
      await ann.write('Then we can start')
      await ben.sees('Then we can start')
      await markRead(cleo, group)
      // Both have read it, and Ann is told of Cleo alone.
      await tick(ann, 'Then we can start', 'Seen by 1 of 2').waitFor()
      await tick(ann, 'Then we can start', 'Seen by 1 of 2').click()
      const dialog = ann.page.getByRole('dialog', { name: 'Read by' })
      await dialog.getByRole('list', { name: 'Seen', exact: true }).getByText('Cleo Clark').waitFor()
      await dialog.getByRole('list', { name: 'Not seen yet, or not shown' }).getByText('Ben Bold').waitFor()
      await ann.page.keyboard.press('Escape')
      // Ann and Cleo have read his message, and Ben is told of nobody.
      expect(await tick(ben, 'Long enough', 'Sent').count()).toBe(1)
      await ben.shot('phone-receipts-hidden')
    })

    it('who shows it again is shown again, in both directions and at once', async () => {
      await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
      await chooseInProfile(ben, 'Show what I have read')
      await tick(ann, 'Then we can start', 'Seen by everybody').waitFor()
      await ben.page.getByRole('link', { name: /^Neighbours/ }).tap()
      await tick(ben, 'Long enough', 'Seen by everybody').waitFor()
      expect([...ann.faults, ...ben.faults]).toEqual([])
    })
  })
})
