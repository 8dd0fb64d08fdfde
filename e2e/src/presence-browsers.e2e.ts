import type { Stack } from '@parley/launcher/stack'
import type { Browser } from 'playwright-core'
import { desktop, launchBrowser, Person, phone } from './browsers.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** What people see of each other: who is here, who is not, and what they say of themselves. */
describe('presence on a desktop and a phone', () => {
  let stack: Stack
  let browser: Browser
  let ann: Person
  let ben: Person
  const url = () => stack.urls[0] ?? ''

  beforeAll(async () => {
    stack = await testStack({
      web: true,
      env: { DOCUMENTS: 'trusted', PRESENCE_BEAT_SECONDS: '4', PRESENCE_GRACE_SECONDS: '2' },
    })
    browser = await launchBrowser()
    ann = await Person.open(browser, desktop)
    ben = await Person.open(browser, phone)
    await ann.register(url(), 'ann', 'Ann Arbor')
    await ben.register(url(), 'ben', 'Ben Bold')
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })

  /** The page thinks that its window is hidden or visible. */
  const show = ({ page }: Person, state: 'hidden' | 'visible') =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const header = ({ page }: Person) => page.locator('header', { has: page.getByRole('heading', { level: 1 }) }).last()

  it('shows in the list and in the header that the other is online', async () => {
    await ann.goTo('ben', 'Ben Bold')
    await header(ann).getByText('online', { exact: true }).waitFor()
    await ann.page.getByRole('link', { name: /Ben Bold\s*, online/ }).waitFor()
    expect(
      await ann.page
        .getByRole('link', { name: /Ben Bold/ })
        .locator('[data-presence=online]')
        .count(),
    ).toBe(1)
    await ben.page.getByRole('link', { name: /Ann Arbor\s*, online/ }).waitFor()
    expect(await ann.axe()).toEqual([])
    expect(await ben.axe()).toEqual([])
    await ann.shot('desktop-presence-online')
    await ben.shot('phone-presence-list')
  })

  it('a status is set on the phone, and seen beside the name on the desktop', async () => {
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Set a status' }).tap()
    await ben.page.getByRole('button', { name: 'On leave' }).tap()
    expect(await ben.page.getByLabel('Clear after').inputValue()).toBe('week')
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-status')
    await ben.page.getByRole('button', { name: 'Save' }).tap()
    await header(ann).getByText('online · On leave', { exact: true }).waitFor()
    await ann.page.getByRole('link', { name: /Ben Bold\s*, online\s*, status: On leave/ }).waitFor()
    await ben.page.getByRole('button', { name: /Your profile.*On leave/s }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-status')
  })

  it('a status that is changed ends when it was to end', async () => {
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Change status' }).tap()
    const end = ben.page.getByLabel('Clear after')
    expect(await end.inputValue()).toBe('set')
    const [kept] = await end.locator('option').allInnerTexts()
    expect(kept).toMatch(/^As set: ./)
    await ben.page.getByRole('textbox', { name: 'Status' }).fill('On leave again')
    await ben.shot('phone-status-change')
    await ben.page.getByRole('button', { name: 'Save' }).tap()
    await header(ann).getByText('online · On leave again', { exact: true }).waitFor()
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Change status' }).tap()
    expect(await end.locator('option').allInnerTexts()).toContain(kept)
    await ben.page.getByRole('dialog').getByRole('button', { name: 'On leave' }).tap()
    await ben.page.getByRole('button', { name: 'Save' }).tap()
    await header(ann).getByText('online · On leave', { exact: true }).waitFor()
  })

  it('away with a hidden window, online again, and last seen after the page was closed', async () => {
    await show(ben, 'hidden')
    await header(ann).getByText('away · On leave', { exact: true }).waitFor()
    await ann.page.locator('[data-presence=away]').first().waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-presence-away')
    await show(ben, 'visible')
    await header(ann).getByText('online · On leave', { exact: true }).waitFor()
    await ben.page.goto('about:blank')
    await header(ann).getByText('last seen just now · On leave', { exact: true }).waitFor()
    expect(await ann.page.locator('[data-presence]').count()).toBe(0)
    await ben.page.goto(url())
    await header(ann).getByText('online · On leave', { exact: true }).waitFor()
  })

  it('who hides when they are online is seen as nothing, and sees nothing', async () => {
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Hide when I am online' }).tap()
    await header(ann).getByText('@ben · On leave', { exact: true }).waitFor()
    await ben.page.getByRole('link', { name: /^Ann Arbor(?!\s*, online)/ }).waitFor()
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Show when I am online' }).tap()
    await header(ann).getByText('online · On leave', { exact: true }).waitFor()
  })

  it('a cleared status is gone, and no page had a fault', async () => {
    await ben.page.getByRole('button', { name: /Your profile/ }).tap()
    await ben.page.getByRole('menuitem', { name: 'Change status' }).tap()
    await ben.page.getByRole('button', { name: 'Clear status' }).tap()
    await header(ann).getByText('online', { exact: true }).waitFor()
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
