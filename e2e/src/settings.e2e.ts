import type { Page } from 'playwright-core'
import { desktop, Person, phone } from './browsers.ts'
import { password, send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { smallTargets } from './touch-targets.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const

const heading = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const list = ({ page }: Person) => page.getByRole('navigation', { name: 'Conversations' })
const pathOf = (page: Page) => {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

declare global {
  interface Window {
    /** The theme and the colour scheme when there was a body to draw. */
    first: readonly unknown[]
  }
}

/** The colour of the page and the one that the browser is told to draw around it. */
const coloursOf = (page: Page) =>
  page.evaluate(() => {
    const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')]
    const around = metas.find(({ media }) => media === '' || matchMedia(media).matches)?.content
    return { page: getComputedStyle(document.body).backgroundColor, around }
  })
const light = { page: 'rgb(253, 252, 250)', around: '#f5f2ec' }
const dark = { page: 'rgb(27, 26, 25)', around: '#151413' }

describe('the settings', () => {
  let people: TwoPeople
  let garden = ''
  beforeAll(async () => {
    people = await TwoPeople.start()
    garden = await startGroup(people.api.ann, [people.api.ben], 'The garden')
    await send(people.api.ann, garden, 'Welcome to the garden')
  })
  afterAll(() => people.stop())
  afterEach(() => expect([...people.ann.faults, ...people.ben.faults]).toEqual([]))

  const openSettings = async (person: Person): Promise<void> => {
    await person.page.goto(people.url)
    await person.press(person.page.getByRole('button', { name: /Your profile/ }))
    await person.press(person.page.getByRole('menuitem', { name: 'Settings' }))
    await heading(person, 'Settings').waitFor()
  }
  const openSection = async (person: Person, name: string): Promise<void> => {
    await openSettings(person)
    await person.press(person.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }))
    await person.page.getByRole('region', { name, exact: true }).waitFor()
  }

  it('are a place with sections: on a desktop beside each other, and Back goes the way one came', async () => {
    const { ann } = people
    await openSection(ann, 'Appearance')
    expect(pathOf(ann.page)).toBe('/settings/appearance')
    await ann.page.getByRole('link', { name: 'Notifications', exact: true }).click()
    await ann.page.goBack()
    await ann.page.getByRole('region', { name: 'Appearance' }).waitFor()
    await ann.page.goBack()
    await ann.page.getByRole('region', { name: 'Profile' }).waitFor()
    await ann.page.goBack()
    await heading(ann, 'Settings').waitFor({ state: 'detached' })
    expect(pathOf(ann.page)).toBe('/')
  })

  it('are a page for each section on a phone, and the arrow is Back', async () => {
    const { ben } = people
    await openSection(ben, 'Appearance')
    await heading(ben, 'Appearance').waitFor()
    await ben.press(ben.page.getByRole('link', { name: 'Back to settings' }))
    await heading(ben, 'Settings').waitFor()
    await ben.press(ben.page.getByRole('link', { name: 'Back to conversations' }))
    await list(ben).waitFor()
    // Nothing is left behind it.
    await ben.page.goForward()
    await heading(ben, 'Settings').waitFor()
    await ben.page.goBack()
    await list(ben).waitFor()
    expect(pathOf(ben.page)).toBe('/')
  })

  it.each(devices)('have a theme, which holds from the first moment and in every tab: %s on a %s', async (who) => {
    const person = people[who]
    const { page } = person
    await openSection(person, 'Appearance')
    const tab = await person.newTab(`${people.url}/c/${garden}`)
    await heading(tab, 'The garden').waitFor()
    expect([await coloursOf(page), await coloursOf(tab.page)]).toEqual([light, light])
    await person.press(page.getByRole('radio', { name: 'Dark' }))
    expect(await coloursOf(page)).toEqual(dark)
    await tab.page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark')
    expect(await coloursOf(tab.page)).toEqual(dark)

    // Before there is anything to draw.
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('body') === null) return
        observer.disconnect()
        const { theme } = document.documentElement.dataset
        Object.assign(window, { first: [theme, getComputedStyle(document.documentElement).colorScheme] })
      }).observe(document, { childList: true, subtree: true })
    })
    await page.reload()
    await page.getByRole('radio', { name: 'Dark', checked: true }).waitFor()
    expect(await page.evaluate(() => window.first)).toEqual(['dark', 'dark'])
    expect(await coloursOf(page)).toEqual(dark)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')

    // The system decides again.
    await person.press(page.getByRole('radio', { name: 'As the system' }))
    expect(await coloursOf(page)).toEqual(light)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await coloursOf(page)).toEqual(dark)
    await page.emulateMedia({ colorScheme: 'light' })
    await tab.page.close()
  })

  it('have a text size', async () => {
    const { ann } = people
    await openSection(ann, 'Appearance')
    const size = () => ann.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
    await ann.page.getByRole('radio', { name: 'Larger' }).click()
    expect(await size()).toBe('20px')
    await ann.page.reload()
    await ann.page.getByRole('radio', { name: 'Larger', checked: true }).waitFor()
    expect(await size()).toBe('20px')
    await ann.shot('desktop-settings-larger')
    await ann.page.getByRole('radio', { name: 'Standard' }).click()
    expect(await size()).toBe('16px')
  })

  it.each(devices)(
    'have the profile, and a name that cannot be saved keeps the focus: %s on a %s',
    async (who, device) => {
      const person = people[who]
      const { page } = person
      await openSection(person, 'Profile')
      const name = page.getByRole('textbox', { name: 'Display name' })
      const save = page.getByRole('button', { name: 'Save' })
      await name.fill(`${who} of the ${device}`)
      await page.route('**/graphql', (route) => route.abort())
      await person.press(save)
      await page
        .getByText(/could not|cannot|not be reached|Try again/i)
        .first()
        .waitFor()
      await save.and(page.locator(':focus')).waitFor()
      await page.unroute('**/graphql')
      await person.press(save)
      await page
        .getByRole('region', { name: 'Profile' })
        .getByText(`${who} of the ${device}`, { exact: true })
        .waitFor()

      const online = page.getByRole('switch', { name: 'Show when I am online' })
      const read = page.getByRole('switch', { name: 'Show what I have read' })
      for (const one of [online, read]) {
        await one.and(page.getByRole('switch', { checked: true })).waitFor()
        await person.press(one)
        await one.and(page.getByRole('switch', { checked: false })).waitFor()
      }
      await page.reload()
      for (const one of [online, read]) {
        await one.and(page.getByRole('switch', { checked: false })).waitFor()
        await person.press(one)
        await one.and(page.getByRole('switch', { checked: true })).waitFor()
      }
      await person.press(page.getByRole('button', { name: 'Set a status' }))
      await page.getByRole('dialog', { name: 'Your status' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Set a status' }).and(page.locator(':focus')).waitFor()
    },
  )

  it.each(devices)('can be seen and used by everybody: %s on a %s', async (who, device) => {
    const person = people[who]
    await openSettings(person)
    const found: unknown[] = []
    const look = async (name: string) => {
      found.push(...(await person.axe()), ...(device === 'phone' ? await smallTargets(person.page) : []))
      await person.shot(`${device}-settings-${name}`)
    }
    await look('all')
    for (const section of ['Profile', 'Appearance', 'Notifications']) {
      await openSection(person, section)
      await look(section.toLowerCase())
    }
    expect(found).toEqual([])
  })

  it('a phone has room for a finger, and a header for a name', async () => {
    const { ben, api } = people
    const name = 'The committee for the summer fair on the old square'
    const group = await startGroup(api.ann, [api.ben], name)
    await send(api.ann, group, 'Who comes?')
    await ben.page.goto(people.url)
    await list(ben).getByRole('link').first().waitFor()
    expect(await smallTargets(ben.page)).toEqual([])
    await ben.page.goto(`${people.url}/c/${group}`)
    await ben.sees('Who comes?')
    expect(await smallTargets(ben.page)).toEqual([])
    const isCut = await heading(ben, name)
      .getByText(name)
      .evaluate(
        (element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth,
      )
    expect(isCut).toBe(false)
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-long-name')
  })

  describe('for those who are signed out', () => {
    it.each([
      ['desktop', desktop],
      ['phone', phone],
    ] as const)('an address waits until they have signed in, on a %s', async (device, options) => {
      const person = await Person.open(people.browser, options)
      const { page } = person
      await page.goto(`${people.url}/settings/notifications`)
      await page.getByLabel('Username').fill('ann')
      await page.getByLabel('Password').fill('not the password')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('The username or the password is wrong.').waitFor()
      // Who is refused is still where they were.
      await page.getByLabel('Password').and(page.locator(':focus')).waitFor()
      expect(await person.axe()).toEqual([])
      await person.shot(`${device}-sign-in-refused`)
      await page.getByRole('button', { name: 'Sign in' }).focus()
      await page.keyboard.press('Enter')
      await page
        .getByRole('button', { name: 'Sign in', exact: true, disabled: false })
        .and(page.locator(':focus'))
        .waitFor()
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Notifications' }).waitFor()
      expect(pathOf(page)).toBe('/settings/notifications')
      // Who leaves on purpose does not return there.
      await page.goto(`${people.url}/threads`)
      await heading(person, 'Threads').waitFor()
      if (device === 'phone') await page.getByRole('link', { name: 'Back to conversations' }).tap()
      await person.press(page.getByRole('button', { name: /Your profile/ }))
      await person.press(page.getByRole('menuitem', { name: 'Sign out' }))
      await page.evaluate(() => sessionStorage.setItem('parley:way-back', 'https://other.example/bookmarks'))
      await page.getByLabel('Username').fill('ann')
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await list(person).waitFor()
      expect(page.url()).toBe(`${people.url}/`)
      expect(person.faults).toEqual([])
      await page.context().close()
    })
  })
})
