import { eventually } from '@parley/testing/eventually'
import type { Page } from 'playwright-core'
import type { Person } from './browsers.ts'
import { headOf, readBack, readUpTo, send, signUp, startDirect, startGroup, textsOf } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const

const title = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const field = ({ page }: Person) => page.getByRole('textbox', { name: 'Message', exact: true })
const list = ({ page }: Person) => page.getByRole('navigation', { name: 'Conversations' })
const skeleton = ({ page }: Person) => page.getByRole('status', { name: 'Loading messages' })

/** To the list on a phone; at a desktop it is beside. */
async function toList(person: Person): Promise<void> {
  const back = person.page.getByRole('link', { name: 'Back to conversations' })
  if (await back.isVisible()) await person.press(back)
  await list(person).waitFor()
}

async function open(person: Person, name: string): Promise<void> {
  await toList(person)
  await person.press(list(person).getByRole('link', { name: new RegExp(`^${name}`) }))
  await title(person, name).waitFor()
}

async function openList(person: Person, name: 'Threads' | 'Bookmarks'): Promise<void> {
  await toList(person)
  await person.press(person.page.getByRole('link', { name: new RegExp(`^${name}`) }))
  await title(person, name).waitFor()
}

/** What a page asks of its servers from now on, besides the API; and whether it is still the same page. */
async function watch(page: Page) {
  const asked: string[] = []
  page.on('request', (request) => {
    // A letter that was not shown before may need its font.
    if (request.resourceType() === 'font') return
    if (new URL(request.url()).pathname !== '/graphql') asked.push(`${request.method()} ${request.url()}`)
  })
  await page.evaluate(() => (document.documentElement.dataset['loaded'] = 'once'))
  return {
    asked,
    isSame: () => page.evaluate(() => document.documentElement.dataset['loaded'] === 'once'),
  }
}

/** Ann, at a desktop, and Ben, on a phone, have four groups. */
describe('moving between places', () => {
  let people: TwoPeople
  const groups: Record<'garden' | 'kitchen' | 'attic' | 'cellar', string> = {
    garden: '',
    kitchen: '',
    attic: '',
    cellar: '',
  }

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    for (const name of Object.keys(groups) as (keyof typeof groups)[]) {
      groups[name] = await startGroup(ann, [ben], `The ${name}`)
      for (let number = 1; number < 40; number += 1) await send(ann, groups[name], `${name} ${number}`)
      await readUpTo(ben, groups[name], await send(ann, groups[name], `${name} 40`))
    }
  })
  afterAll(() => people.stop())

  /** A page that has opened the garden and knows of the other groups. */
  const inTheGarden = async (person: Person) => {
    await person.page.goto(`${people.url}/c/${groups.garden}`)
    await person.sees('garden 40')
    // On a phone the list is not seen now.
    await person.page.locator('nav a', { hasText: 'The kitchen' }).waitFor({ state: 'attached' })
    return watch(person.page)
  }
  const isWritten = (text: string, group: keyof typeof groups) =>
    eventually(async () => expect(textsOf((await readBack(people.api.ann, groups[group])).events)).toContain(text))

  it('leaves to the browser a link that is opened in a new tab', async () => {
    const { ann } = people
    await inTheGarden(ann)
    const link = list(ann).getByRole('link', { name: /^The cellar/ })
    expect(await link.getAttribute('href')).toBe(`/c/${groups.cellar}`)
    const [tab] = await Promise.all([
      ann.page.context().waitForEvent('page'),
      link.click({ modifiers: ['ControlOrMeta'] }),
    ])
    // Playwright may miss that a tab which a link has opened is loaded, and then waits for ever with its locators.
    await eventually(async () => expect(await tab.evaluate(() => document.title)).toBe('The cellar · Parley'))
    await tab.close()
    await title(ann, 'The garden').waitFor()
    expect(ann.page.url()).toBe(`${people.url}/c/${groups.garden}`)
  })

  it.each(devices)('needs no connection: %s on a %s', async (who, device) => {
    const person = people[who]
    const { page } = person
    const { asked, isSame } = await inTheGarden(person)
    const backTo = async (name: string) => {
      await page.goBack()
      await title(person, name).waitFor()
    }
    await people.withoutConnection(async () => {
      await open(person, 'The kitchen')
      await skeleton(person).waitFor()
      await page.getByText('Reconnecting…').waitFor()
      await field(person).fill(`From the ${device}, in the dark`)
      await page.keyboard.press('Enter')
      await page.getByText('Your message is kept and sent when Parley is back.').waitFor()
      await person.shot(`${device}-never-opened-offline`)

      await open(person, 'The garden')
      await person.sees('garden 40')
      await person.write(`In the garden of the ${device}`)
      await person.sees(`In the garden of the ${device}`)
      await openList(person, 'Threads')
      await openList(person, 'Bookmarks')
      await person.shot(`${device}-bookmarks-offline`)

      if (device === 'desktop') {
        await backTo('Threads')
        await backTo('The garden')
        await person.sees('garden 40')
        await backTo('The kitchen')
        await page.goForward()
        await title(person, 'The garden').waitFor()
        await backTo('The kitchen')
      } else {
        // The way back to the list has left nothing behind to which Back would lead.
        await page.goBack()
        await list(person).waitFor()
        expect(new URL(page.url()).pathname).toBe('/')
        await page.goForward()
        await title(person, 'Bookmarks').waitFor()
        await open(person, 'The kitchen')
      }
      expect([asked, await isSame()]).toEqual([[], true])
    })
    await person.sees('kitchen 40')
    await person.sees(`From the ${device}, in the dark`)
    await isWritten(`From the ${device}, in the dark`, 'kitchen')
    await isWritten(`In the garden of the ${device}`, 'garden')
    await skeleton(person).waitFor({ state: 'detached' })
    expect([asked, await isSame(), person.faults]).toEqual([[], true, []])
  })

  it.each(devices)('needs no web server: %s on a %s', async (who, device) => {
    const person = people[who]
    const { page } = person
    const other = await signUp(people.url, `cleo_${device}`, `Cleo ${device}`)
    const left = await startGroup(people.api[who], [other], `To leave on the ${device}`)
    const newest = (await send(people.api.ann, groups.garden, `forward on the ${device}`)).message
    const watched = await inTheGarden(person)
    await person.sees(`forward on the ${device}`)
    const web = people.stack.service('web')
    await web.kill()
    try {
      await open(person, 'The attic')
      await person.sees('attic 40')
      await person.write(`Up here, ${device}`)
      await isWritten(`Up here, ${device}`, 'attic')
      await openList(person, 'Bookmarks')
      await openList(person, 'Threads')

      // Another conversation begins.
      await toList(person)
      await person.press(page.getByRole('button', { name: 'New conversation' }).first())
      await person.switcher.getByRole('combobox').fill(`cleo_${device}`)
      await person.press(person.switcher.getByRole('option', { name: `Cleo ${device}` }))
      await title(person, `Cleo ${device}`).waitFor()
      expect(page.url()).toBe(`${people.url}/c/${await startDirect(people.api[who], other)}`)
      if (device === 'desktop') await page.locator('textarea:focus').waitFor()
      await person.write('Hello Cleo')
      await person.sees('Hello Cleo')

      // A group is left.
      await open(person, `To leave on the ${device}`)
      await person.press(title(person, `To leave on the ${device}`).getByRole('button'))
      await person.press(page.getByRole('button', { name: 'Leave the group' }))
      await person.press(page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }))
      await page.waitForURL(`${people.url}/`)
      await list(person)
        .getByRole('link', { name: /^To leave/ })
        .waitFor({ state: 'detached' })
      await page.goBack()
      await page.goBack()
      expect(page.url()).toBe(`${people.url}/c/${left}`)
      await page.getByText(/^(This conversation is not here|You are not in this conversation any more)$/).waitFor()

      // A link to a message, from where it is not.
      await send(people.api.ann, groups.attic, `See ${people.url}/c/${groups.garden}?message=${newest?.id ?? ''}`)
      await open(person, 'The attic')
      await person.press(
        page
          .getByRole('log')
          .getByRole('link', { name: /message=/ })
          .last(),
      )
      await title(person, 'The garden').waitFor()
      await person.sees(`forward on the ${device}`)
      expect([watched.asked, await watched.isSame(), person.faults]).toEqual([[], true, []])
    } finally {
      await web.start()
      await other.close()
    }
  })

  it('takes the way of a history that an earlier load of the page has made, without the server', async () => {
    const { ann } = people
    await inTheGarden(ann)
    await open(ann, 'The attic')
    await ann.press(ann.page.getByRole('button', { name: 'Details', exact: true }))
    await ann.page.getByRole('complementary', { name: 'Details' }).waitFor()
    await ann.page.reload()
    await ann.page.getByRole('complementary', { name: 'Details' }).waitFor()
    await ann.sees('attic 40')
    const { asked, isSame } = await watch(ann.page)
    await people.withoutConnection(async () => {
      await ann.page.goBack()
      await ann.page.getByRole('complementary', { name: 'Details' }).waitFor({ state: 'detached' })
      await ann.sees('attic 40')
      await ann.page.goBack()
      await title(ann, 'The garden').waitFor()
      await ann.page.goForward()
      await ann.page.goForward()
      await ann.page.getByRole('complementary', { name: 'Details' }).waitFor()
      // Opened by a click, before the page was loaded again: it is closed by the way back.
      await ann.page.getByRole('button', { name: 'Close the details' }).click()
      await ann.page.waitForURL(`${people.url}/c/${groups.attic}`)
    })
    expect([asked, await isSame(), ann.faults]).toEqual([[], true, []])
  })

  it.each(devices)('says when there is nothing at an address: %s on a %s', async (who, device) => {
    const { page } = people[who]
    const response = await page.goto(`${people.url}/c/nonsense`)
    expect(response?.status()).toBe(200)
    await page.getByRole('alert').getByText('It does not exist').waitFor()
    expect(await field(people[who]).count()).toBe(0)
    expect(await people[who].axe()).toEqual([])
    await people[who].shot(`${device}-nowhere`)
    await page.getByRole('link', { name: 'Go to your conversations' }).click()
    await list(people[who]).waitFor()
    for (const path of ['/foo/bar', '/c', `/c/${groups.garden}/x`, '/login/x']) {
      const answer = await page.goto(`${people.url}${path}`)
      expect([path, answer?.status()]).toEqual([path, 404])
      await page.getByText('There is nothing here').waitFor()
    }
    await page.getByRole('link', { name: 'Go to your conversations' }).click()
    await list(people[who]).waitFor()
  })

  it('tells the name of the conversation that one goes to, and shows a known one in the next frame', async () => {
    const { ann } = people
    await inTheGarden(ann)
    for (const name of ['The attic', 'The kitchen', 'The garden']) await open(ann, name)
    expect(await headOf(people.api.ann, groups.garden)).toBeGreaterThan(40)
    const took: number[] = []
    for (let round = 0; round < 10; round += 1)
      for (const name of ['The attic', 'The kitchen', 'The garden']) took.push(await switchTo(ann.page, name))
    await ann.page.locator('p[aria-live=assertive]').getByText('The garden · Parley', { exact: true }).waitFor()
    const sorted = took.toSorted((one, other) => one - other).map((ms) => Math.round(ms))
    process.stdout.write(`a known conversation is shown after ${sorted[15]} ms (median), ${sorted.at(-1)} ms (most)\n`)
  })

  it('signs out without a connection, and leads to the page for that', async () => {
    const { ben } = people
    const { asked, isSame } = await inTheGarden(ben)
    await toList(ben)
    await people.withoutConnection(async () => {
      await ben.press(ben.page.getByRole('button', { name: /^Your profile/ }))
      await ben.press(ben.page.getByRole('menuitem', { name: 'Sign out' }))
      await ben.page.getByRole('heading', { name: 'Sign in' }).waitFor()
      expect([asked, await isSame(), new URL(ben.page.url()).pathname]).toEqual([[], true, '/login'])
      await ben.shot('phone-signed-out-offline')
    })
  })
})

/** The milliseconds from a click on a conversation until the frame that shows its last message is drawn. */
const switchTo = (page: Page, name: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const links = [...document.querySelectorAll<HTMLElement>('nav[aria-label="Conversations"] a')]
    const last = `${wanted.replace('The ', '')} 40`
    const isShown = () => [...document.querySelectorAll('article')].some((one) => one.textContent.includes(last))
    const from = performance.now()
    links.find((link) => link.textContent.includes(wanted))?.click()
    do
      await new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve()
          port2.postMessage(null)
        }),
      )
    while (!isShown() || document.querySelector('h1 button')?.textContent.includes(wanted) !== true)
    return performance.now() - from
  }, name)
