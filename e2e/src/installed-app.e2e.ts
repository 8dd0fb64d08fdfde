import type { Page } from 'playwright-core'
import type { Person } from './browsers.ts'
import { send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

declare global {
  interface Window {
    badges: number[]
  }
}

const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const

const heading = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const list = ({ page }: Person) => page.getByRole('navigation', { name: 'Conversations' })
const field = ({ page }: Person) => page.getByRole('textbox', { name: 'Message', exact: true })
const pathOf = (page: Page) => {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

describe('the client as an app', () => {
  let people: TwoPeople
  let garden = ''
  beforeAll(async () => {
    people = await TwoPeople.start()
    garden = await startGroup(people.api.ann, [people.api.ben], 'The garden')
    await send(people.api.ann, garden, 'Welcome to the garden')
  })
  afterAll(() => people.stop())
  afterEach(() => expect([...people.ann.faults, ...people.ben.faults]).toEqual([]))

  it('can be installed: Chromium has nothing against it', async () => {
    const { page } = people.ann
    await page.goto(people.url)
    await list(people.ann).waitFor()
    const cdp = await page.context().newCDPSession(page)
    const { url, errors, data = '{}' } = await cdp.send('Page.getAppManifest')
    expect([url, errors]).toEqual([`${people.url}/manifest.webmanifest`, []])
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    // A browser without a profile installs nothing; that is not about the page.
    const known = ['in-incognito']
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => !known.includes(id))).toEqual([])
    const manifest = JSON.parse(data) as { icons: { src: string; sizes: string }[]; shortcuts: { url: string }[] }
    for (const { src, sizes } of [...manifest.icons, { src: '/apple-icon.png', sizes: '180x180' }]) {
      const size = await page.evaluate(async (address) => {
        const image = await createImageBitmap(await (await fetch(address)).blob())
        return `${image.width}x${image.height}`
      }, src)
      expect([src, size]).toEqual([src, sizes])
    }
    for (const shortcut of manifest.shortcuts)
      expect((await page.request.get(people.url + shortcut.url)).status()).toBe(200)
    await cdp.detach()
  })

  it.each(devices)('makes of what is shared a draft, which is sent by hand: %s on a %s', async (who, device) => {
    const person = people[who]
    const { page } = person
    await page.goto(`${people.url}/share?title=A+walk&text=Who+comes+along%3F&url=https%3A%2F%2Fwalks.example`)
    await heading(person, 'Share').waitFor()
    await page.getByText('Who comes along?').waitFor()
    expect(await person.axe()).toEqual([])
    await person.shot(`${device}-share`)
    await page.getByRole('combobox', { name: 'Find a conversation' }).fill('garden')
    await person.press(page.getByRole('button', { name: 'Write to The garden' }))
    await heading(person, 'The garden').waitFor()
    const text = 'A walk\nWho comes along?\nhttps://walks.example'
    await page.waitForFunction((wanted) => document.querySelector('textarea')?.value === wanted, text)
    expect(await page.getByRole('log').getByText('Who comes along?').count()).toBe(0)
    await page.goBack()
    expect(pathOf(page)).not.toContain('share')
    await page.goForward()
    await field(person).fill('')
  })

  it.each(devices)('has a shortcut to a new conversation: %s on a %s', async (who) => {
    const { page } = people[who]
    await page.goto(`${people.url}/new`)
    await page.getByRole('dialog', { name: 'Go to' }).waitFor()
    expect(pathOf(page)).toBe('/')
    await page.keyboard.press('Escape')
    await list(people[who]).waitFor()
  })

  it('shows by its icon and its badge that something is unread', async () => {
    const { ann, api } = people
    await ann.page.addInitScript(() => {
      const badges: number[] = []
      Object.assign(navigator, { setAppBadge: async (count: number) => void badges.push(count) })
      Object.assign(window, { badges })
    })
    const icon = () => ann.page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '')
    const isDotted = (wanted: boolean) =>
      ann.page.waitForFunction(
        (dotted) => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href.startsWith('data:') === dotted,
        wanted,
      )
    await ann.page.goto(`${people.url}/bookmarks`)
    await list(ann)
      .getByRole('link', { name: /^The garden/ })
      .waitFor()
    await isDotted(false)
    const usual = await icon()
    expect(usual).toContain('/icon.svg')
    await send(api.ben, garden, 'Somebody left the gate open')
    await isDotted(true)
    expect(await ann.page.evaluate(() => window.badges.at(-1))).toBe(1)
    await list(ann)
      .getByRole('link', { name: /^The garden/ })
      .click()
    await ann.sees('Somebody left the gate open')
    await isDotted(false)
    expect(await icon()).toBe(usual)
    expect(await ann.page.evaluate(() => window.badges.at(-1))).toBe(0)
  })
})
