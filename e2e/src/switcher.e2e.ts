import { eventually } from '@parley/testing/eventually'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { send, signUp, startDirect, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const

const field = (person: Person) => person.switcher.getByRole('combobox', { name: 'Find people or conversations' })
const options = (person: Person) => person.switcher.getByRole('option')
const namesOf = async (person: Person) =>
  (await options(person).allInnerTexts()).map((text) => text.split('\n').filter((line) => line !== '')[1] ?? text)
const title = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
/** Of what a finger must hit. */
const heightsOf = async (targets: Locator) =>
  Promise.all((await targets.all()).map(async (target) => (await target.boundingBox())?.height ?? 0))

/** Ann, at a desktop, and Ben, on a phone: with conversations, with people of their groups, and with strangers. */
describe('the switcher', () => {
  let people: TwoPeople
  let garden: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    const zoe = await signUp(people.url, 'zed_99', 'Zoë Müller')
    const bea = await signUp(people.url, 'bea', 'Bea Best')
    for (const [username, name] of [
      ['otto', 'Otto Fremd'],
      ['paula', 'Paula Late'],
      ['quinn', 'Quinn Later'],
      ['berta', 'Berta Unmet'],
    ])
      await signUp(people.url, username ?? '', name)
    const cumber = await startGroup(ann, [ben], 'Cumberland')
    garden = await startGroup(ann, [ben, zoe], 'The garden')
    await send(zoe, garden, 'It rains')
    await send(ann, await startDirect(ann, ben), 'Hello Ben')
    await send(ben, await startDirect(ben, bea), 'Hello Bea')
    await send(ann, cumber, 'Nothing new')
  })
  afterAll(() => people.stop())

  const toGarden = async (person: Person) => {
    await person.page.goto(`${people.url}/c/${garden}`)
    await person.sees('It rains')
    await person.page.locator('nav a', { hasText: 'Cumberland' }).waitFor({ state: 'attached' })
  }
  const openIt = async (person: Person) => {
    const back = person.page.getByRole('link', { name: 'Back to conversations' })
    if (await back.isVisible()) await person.press(back)
    await person.press(person.page.getByRole('button', { name: 'Find people or conversations' }))
    await field(person).waitFor()
  }
  /** What the page asks of the API over HTTP waits until it is released. */
  const hold = async ({ page }: Person) => {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/graphql', async (route) => {
      await released
      await route.continue()
    })
    return release
  }

  it.each(devices)('opens a conversation by a part of its name and Enter: %s on a %s', async (who, device) => {
    const person = people[who]
    await person.page.goto(people.url)
    await person.page.locator('nav a', { hasText: 'The garden' }).waitFor()
    await openIt(person)
    await field(person).fill('arde')
    await person.switcher.getByRole('option', { name: 'The garden' }).waitFor()
    await person.switcher.getByRole('status').getByText('1 result').waitFor()
    await field(person).fill('be')
    await person.switcher.getByRole('option', { name: /Berta Unmet.*New conversation/s }).waitFor()
    expect(await person.axe()).toEqual([])
    await person.shot(`${device}-switcher`)
    if (device === 'phone') {
      const targets = person.switcher.locator('[role=option], button, input')
      expect((await heightsOf(targets)).filter((height) => height < 44)).toEqual([])
      expect(await person.switcher.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
    }
    await field(person).fill('ARDE')
    await person.page.keyboard.press('Enter')
    await title(person, 'The garden').waitFor()
    expect([person.page.url(), person.faults]).toEqual([`${people.url}/c/${garden}`, []])
    if (device === 'desktop') await person.page.locator('textarea[aria-label=Message]:focus').waitFor()
  })

  it('finds without accents and case, by both names, the best first, and each person once', async () => {
    const { ann } = people
    await toGarden(ann)
    await ann.find('zoe mull')
    await eventually(async () => expect(await namesOf(ann)).toEqual(['Zoë Müller']))
    await field(ann).fill('ED_99')
    await eventually(async () => expect(await namesOf(ann)).toEqual(['Zoë Müller']))
    await field(ann).fill('be')
    await eventually(async () => {
      const names = await namesOf(ann)
      expect([names.slice(0, 2), names.slice(2).toSorted()]).toEqual([
        ['Ben Bold', 'Cumberland'],
        ['Bea Best', 'Berta Unmet'],
      ])
    })
    await field(ann).fill('xyzzy')
    await ann.switcher.getByText('Nobody and nothing is called “xyzzy”.').waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.page.keyboard.press('Escape')
    await ann.page.locator('textarea[aria-label=Message]:focus').waitFor()
  })

  it('moves nothing when the server has found more, and keeps what is marked', async () => {
    const { ann } = people
    await toGarden(ann)
    const release = await hold(ann)
    await ann.find('b')
    await eventually(async () => expect((await namesOf(ann)).slice(0, 2)).toEqual(['Ben Bold', 'Cumberland']))
    const before = await namesOf(ann)
    await ann.page.keyboard.press('ArrowDown')
    const marked = ann.switcher.getByRole('option', { selected: true })
    await marked.getByText('Cumberland').waitFor()
    release()
    await field(ann).fill('be')
    await ann.page.keyboard.press('ArrowDown')
    await ann.switcher.getByRole('option', { name: 'Berta Unmet' }).waitFor()
    await marked.getByText('Cumberland').waitFor()
    expect((await namesOf(ann)).slice(0, before.length)).toEqual(before)
    await ann.page.keyboard.press('Enter')
    await title(ann, 'Cumberland').waitFor()
  })

  it('shows before one types what is unread, what was last, and people of the groups', async () => {
    const { ann } = people
    await toGarden(ann)
    const before = await startGroup(people.api.ben, [people.api.ann], 'Unread of Ben')
    await send(people.api.ben, before, 'Read me')
    await send(people.api.ann, await startDirect(people.api.ann, people.api.ben), 'Newer than that')
    await ann.page.getByRole('link', { name: /^Unread of Ben.*1 unread|^Unread of Ben.*2 unread/s }).waitFor()
    await ann.page.keyboard.press('Control+k')
    await eventually(async () =>
      expect(await namesOf(ann)).toEqual(['Unread of Ben', 'Ben Bold', 'Cumberland', 'Zoë Müller']),
    )
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-switcher-untyped')
    await ann.page.keyboard.press('Enter')
    await title(ann, 'Unread of Ben').waitFor()
  })

  it.each(devices)('begins a conversation with a stranger: %s on a %s', async (who) => {
    const person = people[who]
    await person.page.goto(people.url)
    await person.page.locator('nav a', { hasText: 'The garden' }).waitFor()
    await openIt(person)
    await field(person).fill('otto')
    await person.press(person.switcher.getByRole('option', { name: /Otto Fremd.*New conversation/s }))
    await title(person, 'Otto Fremd').waitFor()
    await person.write('Hello Otto')
    await person.sees('Hello Otto')
  })

  it('keeps an Enter that was too early: the first match is opened when it is there', async () => {
    const { ann } = people
    await toGarden(ann)
    const release = await hold(ann)
    await ann.find('paul')
    await ann.page.keyboard.press('Enter')
    await ann.switcher.getByText('The first match opens when it is there.').waitFor()
    release()
    await title(ann, 'Paula Late').waitFor()
    expect(await ann.switcher.count()).toBe(0)
  })

  it('without a connection opens what is known, and keeps an early Enter until there is one', async () => {
    const { ann } = people
    await toGarden(ann)
    await people.withoutConnection(async () => {
      await ann.page.getByText('Reconnecting…').waitFor()
      await ann.find('berl')
      await ann.page.keyboard.press('Enter')
      await title(ann, 'Cumberland').waitFor()
      await ann.find('quin')
      await ann.page.keyboard.press('Enter')
      await ann.switcher.getByText('The first match opens when they can.').waitFor()
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-switcher-offline')
    })
    await title(ann, 'Quinn Later').waitFor({ timeout: 60_000 })
    expect(ann.faults).toEqual([])
  })

  it.each(devices)('leads to a new group, which is people and a name: %s on a %s', async (who, device) => {
    const person = people[who]
    const { page } = person
    await page.goto(people.url)
    await page.locator('nav a', { hasText: 'The garden' }).waitFor()
    await openIt(person)
    await person.press(person.switcher.getByRole('button', { name: 'New group' }))
    const dialog = page.getByRole('dialog', { name: 'New group' })
    const create = dialog.getByRole('button', { name: 'Create group' })
    const find = dialog.getByRole('combobox', { name: 'Find people' })
    // Whom one knows is there before one types.
    await person.press(dialog.getByRole('option', { name: 'Zoë Müller' }))
    await find.fill('otto')
    await dialog.getByRole('option', { name: 'Otto Fremd', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    expect(await dialog.getByRole('list', { name: 'Chosen people' }).getByRole('listitem').count()).toBe(2)
    expect(await create.isDisabled()).toBe(true)
    // With nothing typed, Enter goes on to the name.
    await page.keyboard.press('Enter')
    await page
      .locator('input:focus')
      .and(dialog.getByRole('textbox', { name: 'Group name' }))
      .waitFor()
    await page.keyboard.type(`Made on the ${device}`)
    await dialog.getByText('A group of 3, with you.').waitFor()
    expect(await person.axe()).toEqual([])
    await person.shot(`${device}-new-group`)
    await page.keyboard.press('Enter')
    await title(person, `Made on the ${device}`).waitFor()
    await page.getByText('3 members').waitFor()
  })
})
