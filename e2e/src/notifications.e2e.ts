import { eventually } from '@parley/testing/eventually'
import type { Page } from 'playwright-core'
import { desktop, Person, phone } from './browsers.ts'
import { password, queries, send, startDirect, startGroup } from './chat.ts'
import { call, control, hearsOfNews, isTakenBack, rings, rungIn, textsIn } from './recorded-notifications.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

interface Told {
  readonly conversation: { readonly lastMessage: { readonly text: string } | null }
}

/** Ann has notifications at a desktop; Ben writes to her, from his phone and by the API. */
describe('notifications while a tab is open', () => {
  let people: TwoPeople
  let ann: Person
  let garden = ''
  let attic = ''
  let direct = ''
  let opened: Person[] = []

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { api, browser, url } = people
    garden = await startGroup(api.ben, [api.ann], 'The garden')
    attic = await startGroup(api.ben, [api.ann], 'The attic')
    direct = await startDirect(api.ben, api.ann)
    ann = await Person.open(browser, desktop)
    await ann.page.context().addInitScript(control)
    await ann.page.goto(`${url}/login`)
    await ann.page.getByLabel('Username').fill('ann')
    await ann.page.getByLabel('Password').fill(password)
    await ann.page.keyboard.press('Enter')
    await ann.page.getByRole('navigation', { name: 'Conversations' }).waitFor()
  })
  afterAll(() => people.stop())
  afterEach(async () => {
    for (const tab of opened) await tab.page.close()
    const faults = [ann, ...opened].flatMap(({ faults: found }) => found)
    opened = []
    expect(faults).toEqual([])
  })

  /** Ann's tab at this address, which hears of what is new. */
  const at = async (path: string, person = ann): Promise<Page> => {
    const live = hearsOfNews(person.page)
    await person.page.goto(`${people.url}${path}`)
    await live
    await person.page.getByRole('link', { name: /^The garden/ }).waitFor()
    await person.page.getByRole('link', { name: /^Ben Bold/ }).waitFor()
    return person.page
  }
  const secondTab = async (path: string): Promise<Page> => {
    const tab = await ann.newTab(`${people.url}${path}`)
    opened.push(tab)
    return at(path, tab)
  }
  const say = (where: string, text: string) => send(people.api.ben, where, text)

  it('tell who wrote what and where, of all conversations but the one that is looked at', async () => {
    const page = await at(`/c/${garden}`)
    await say(garden, 'You see this')
    await ann.sees('You see this')
    await say(attic, 'A ladder is **missing**')
    await say(direct, 'Have you got it?')
    await rings(page, 'Have you got it?')
    await call(page, 'focusOn', false)
    await say(garden, 'You look elsewhere')
    await rings(page, 'Ben Bold: You look elsewhere')
    expect(await textsIn(page)).toEqual([
      'The attic | Ben Bold: A ladder is missing',
      'Ben Bold | Have you got it?',
      'The garden | Ben Bold: You look elsewhere',
    ])
  })

  it('lead to their conversation', async () => {
    const page = await at('/threads')
    await say(direct, 'Come here')
    await rings(page, 'Come here')
    await page.evaluate(() => window.rung.at(-1)?.itself.dispatchEvent(new Event('click')))
    await page.getByRole('heading', { level: 1, name: 'Ben Bold' }).waitFor()
    await ann.sees('Come here')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Threads' }).waitFor()
  })

  it('ring once in several tabs, and not at all while one of them is looked at', async () => {
    const pages = [await at('/threads'), await secondTab('/bookmarks'), await secondTab(`/c/${garden}`)]
    for (const page of pages.slice(1)) await call(page, 'focusOn', false)
    await say(attic, 'Once for all tabs')
    await pages[0]!.waitForFunction(() => document.title.startsWith('('))
    const all = async () => (await Promise.all(pages.map(textsIn))).flat()
    const waitFor = async (body: string) => {
      const found = pages.map((page) => rings(page, body))
      await Promise.any(found)
      // The others that will never have it are not waited for.
      for (const one of found) one.catch(() => undefined)
    }
    await waitFor('Ben Bold: Once for all tabs')
    await call(pages[0]!, 'focusOn', false)
    await call(pages[2]!, 'focusOn', true)
    await say(garden, 'Seen in the third')
    await opened[1]!.sees('Seen in the third')
    await say(attic, 'And once more')
    await waitFor('Ben Bold: And once more')
    expect(await all()).toEqual(expect.arrayContaining(['The attic | Ben Bold: Once for all tabs']))
    expect((await all()).toSorted()).toEqual([
      'The attic | Ben Bold: And once more',
      'The attic | Ben Bold: Once for all tabs',
    ])
  })

  it('are taken back when they were read on another device', async () => {
    const page = await at('/threads')
    await say(attic, 'Read on the phone')
    await rings(page, 'Ben Bold: Read on the phone')
    const { line } = (
      await people.api.ann.must<{ conversation: { lastMessage: { line: number } } }>(queries.unread, { id: attic })
    ).conversation.lastMessage
    await people.api.ann.must(queries.markRead, { input: { conversationId: attic, line } })
    await isTakenBack(page, 'Ben Bold: Read on the phone')
  })

  it('are in a muted conversation for mentions only', async () => {
    const { api } = people
    const mute = 'mutation ($input: MuteConversationInput!) { muteConversation(input: $input) { errors { code } } }'
    await api.ann.must(mute, { input: { conversationId: attic, until: null } })
    const page = await at('/threads')
    await page
      .getByRole('link', { name: /^The attic.*Muted/s })
      .or(page.getByRole('img', { name: 'Muted' }))
      .first()
      .waitFor()
    await say(attic, 'Nothing of importance')
    await say(direct, 'After the muted one')
    await rings(page, 'After the muted one')
    await say(attic, `<@${api.ann.userId}> this is for you`)
    await page.waitForFunction(() => window.rung.length === 2)
    expect(await textsIn(page)).toEqual([
      'Ben Bold | After the muted one',
      'The attic | Ben Bold: @Ann Arbor this is for you',
    ])
    await api.ann.must(
      'mutation ($input: UnmuteConversationInput!) { unmuteConversation(input: $input) { errors { code } } }',
      {
        input: { conversationId: attic },
      },
    )
  })

  it('are those that were chosen in the settings, in every tab at once', async () => {
    const page = await at('/settings/notifications')
    const other = await secondTab('/threads')
    await call(page, 'focusOn', false)
    await page.getByText('Notifications are on for this browser.').waitFor()
    await page.getByRole('radio', { name: 'Mentions and direct messages' }).click()
    await page.getByRole('switch', { name: 'Show what messages say' }).click()
    await page.getByRole('switch', { name: 'Sound' }).click()
    await other.waitForFunction(() => localStorage.getItem('parley:notify-sound') === 'off')
    await say(garden, 'Not for you alone')
    await say(direct, 'For you alone')
    const all = async () => [...(await rungIn(page)), ...(await rungIn(other))]
    await Promise.any([rings(page, 'New message'), rings(other, 'New message')])
    expect(await all()).toEqual([{ title: 'Ben Bold', body: 'New message', silent: true, isClosed: false }])
    await page.getByRole('radio', { name: 'Nothing' }).click()
    await say(direct, 'Not at all')
    await page.getByRole('link', { name: /Not at all/ }).waitFor()
    expect(await all()).toHaveLength(1)
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-settings-notifications-on')
    await page.getByRole('radio', { name: 'All messages' }).click()
    await page.getByRole('switch', { name: 'Show what messages say' }).click()
    await page.getByRole('switch', { name: 'Sound' }).click()
  })

  it('are one summary of what was missed without a connection', async () => {
    const page = await at('/threads')
    await call(page, 'cut', true)
    await page.getByText('Reconnecting…').waitFor()
    await say(garden, 'First')
    await say(garden, 'Second')
    await say(attic, 'Third')
    await eventually(async () => {
      const last = async (id: string) =>
        (await people.api.ann.must<Told>(queries.unread, { id })).conversation.lastMessage
      expect([await last(garden), await last(attic)]).toMatchObject([{ text: 'Second' }, { text: 'Third' }])
    })
    await call(page, 'cut', false)
    await page.getByRole('button', { name: 'Try now' }).click()
    await rings(page, '3 new messages in 2 conversations')
    expect(await textsIn(page)).toEqual(['While you were away | 3 new messages in 2 conversations'])
  })

  it('are none for what waited before the tab was opened', async () => {
    await say(garden, 'Before the tab')
    const page = await at('/threads')
    await say(direct, 'After it')
    await rings(page, 'After it')
    expect(await textsIn(page)).toEqual(['Ben Bold | After it'])
  })

  describe('for those who have not decided', () => {
    /** The browser has not been asked, and will allow it. */
    function undecided(): void {
      const asked: string[] = []
      Object.assign(window, { asked })
      Object.defineProperty(Notification, 'permission', {
        configurable: true,
        get: () => (asked.length === 0 ? 'default' : 'granted'),
      })
      Notification.requestPermission = async () => {
        asked.push('asked')
        return 'granted'
      }
    }
    const askedIn = (page: Page) => page.evaluate(() => window.asked.length)

    it.each([
      ['desktop', desktop],
      ['phone', phone],
    ] as const)(
      'are offered by a quiet line, and asked for by the settings, never by themselves: on a %s',
      async (device, options) => {
        const person = await Person.open(people.browser, options)
        const { page } = person
        await page.context().addInitScript(undecided)
        await page.goto(`${people.url}/login`)
        await page.getByLabel('Username').fill('ann')
        await page.getByLabel('Password').fill(password)
        await page.keyboard.press('Enter')
        const offer = page.getByRole('region', { name: 'Offer of notifications' })
        await offer.waitFor()
        expect(await askedIn(page)).toBe(0)
        expect(await person.axe()).toEqual([])
        await person.shot(`${device}-notifications-offer`)
        await offer.getByRole('button', { name: 'No notifications' }).click()
        await offer.waitFor({ state: 'detached' })
        await page.reload()
        await page.getByRole('link', { name: /^The garden/ }).waitFor()
        expect([await offer.count(), await askedIn(page)]).toEqual([0, 0])
        await page.goto(`${people.url}/settings/notifications`)
        await page.getByRole('button', { name: 'Turn on notifications' }).waitFor()
        expect(await person.axe()).toEqual([])
        await person.shot(`${device}-notifications-undecided`)
        await page.getByRole('button', { name: 'Turn on notifications' }).click()
        await page.getByText('Notifications are on for this browser.').waitFor()
        expect(await askedIn(page)).toBe(1)
        expect(person.faults).toEqual([])
        await page.context().close()
      },
    )

    it('cannot be had where a browser shows none for tabs, and the settings say so', async () => {
      const person = await Person.open(people.browser, phone)
      const { page } = person
      await page.context().addInitScript(() => {
        // As Chrome on Android has it.
        const Refusing = function () {
          throw new TypeError('Illegal constructor')
        }
        Object.assign(window, { Notification: Object.assign(Refusing, { permission: 'default' }) })
      })
      await page.goto(`${people.url}/login`)
      await page.getByLabel('Username').fill('ben')
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: /^The garden/ }).waitFor()
      expect(await page.getByRole('region', { name: 'Offer of notifications' }).count()).toBe(0)
      await page.goto(`${people.url}/settings/notifications`)
      await page.getByText('This browser cannot show notifications').waitFor()
      await page.getByRole('radio', { name: 'All messages', disabled: true }).waitFor()
      expect(await person.axe()).toEqual([])
      await person.shot('phone-notifications-unsupported')
      expect(person.faults).toEqual([])
      await page.context().close()
    })
  })
})
