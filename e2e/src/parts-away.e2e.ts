import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import type { Browser } from 'playwright-core'
import { desktop, launchBrowser, Person } from './browsers.ts'
import { sendUntilAcknowledged, signUp, startDirect } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** What a user sees while a part of Parley is down: the data of the other parts, and the known names. */
describe('a part of Parley is down', () => {
  let stack: Stack
  let browser: Browser
  let ann: Person
  let ben: Person

  beforeAll(async () => {
    stack = await testStack({ web: true })
    browser = await launchBrowser()
    const [url = ''] = stack.urls
    ann = await Person.open(browser, desktop)
    ben = await Person.open(browser, desktop)
    await ann.register(url, 'ann', 'Ann Arbor')
    await ben.register(url, 'ben', 'Ben Bold')
    await ann.goTo('ben', 'Ben Bold')
    await ann.write('Before anything was away')
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).click()
    await ben.sees('Before anything was away')
    await ben.write('I am here')
    await ann.sees('I am here')
    await writtenByCleo(url)
    await ben.page.getByRole('link', { name: /Cleo Court/ }).waitFor()
    const heard = ann.page.getByRole('article').filter({ hasText: 'I am here' })
    await heard.focus()
    await ann.page.keyboard.press('b')
    await heard.getByText('Bookmarked').waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })

  /** A conversation of Ben's that his browser has not opened. */
  async function writtenByCleo(url: string): Promise<void> {
    const cleo = await signUp(url, 'cleo', 'Cleo Court')
    const benElsewhere = new Client(url)
    await benElsewhere.logIn('ben', 'correct horse battery')
    await sendUntilAcknowledged(cleo, await startDirect(cleo, benElsewhere), 'Nobody has opened this')
  }

  it('accounts: messages work, with the known names', async () => {
    await stack.service('user').stop()
    await ann.write('Said while accounts are away')
    await ben.sees('Said while accounts are away')
    await ben.write('Heard all the same')
    await ann.sees('Heard all the same')
    const articles = ann.page.getByRole('log').getByRole('article', { name: /^Ben Bold/ })
    expect(await articles.getByText('Heard all the same', { exact: true }).count()).toBe(1)
    await ann.page.getByRole('link', { name: /Ben Bold.*Heard all the same/s }).waitFor()
    expect(await ann.page.getByText('Name unavailable').count()).toBe(0)
    await ann.shot('desktop-accounts-away')
  })

  it('accounts: a reload still shows the list and the history', async () => {
    for (const person of [ann, ben]) {
      await person.page.reload()
      await person.sees('Before anything was away')
      await person.sees('Heard all the same')
    }
    await ann.page.getByRole('heading', { level: 1, name: 'Ben Bold' }).waitFor()
    await ann.page.getByRole('link', { name: /Ben Bold.*Heard all the same/s }).waitFor()
    await ann.shot('desktop-accounts-away-reloaded')
  })

  it('accounts: the search shows an error, and offers the people that the device knows', async () => {
    await ann.find('ben')
    await ann.page.getByRole('option', { name: /Ben Bold.*@ben/s }).waitFor()
    await ann.switcher.getByRole('combobox').fill('zoe')
    await ann.page.getByText('People cannot be searched right now.').waitFor()
    await ann.shot('desktop-accounts-away-search')
    await ann.page.keyboard.press('Escape')
  })

  it('accounts: the bookmarks are listed, with the known names', async () => {
    await ann.page.getByRole('link', { name: 'Bookmarks' }).click()
    const bookmark = ann.page.getByRole('list', { name: 'Bookmarks' }).getByRole('listitem')
    await bookmark.getByText('I am here').waitFor()
    await bookmark.getByText('Ben Bold', { exact: true }).waitFor()
    // Next.js has an alert of its own, which names the page.
    const failed = ann.page.getByRole('alert').filter({ has: ann.page.getByRole('button') })
    expect(await failed.count()).toBe(0)
    await ann.shot('desktop-accounts-away-bookmarks')
    await bookmark.getByRole('link').click()
    await ann.sees('I am here')
  })

  it('accounts: an unknown name is filled in when they are back', async () => {
    // Forgotten where nothing is open that would keep it again: the list and the pages have names as well.
    const address = ann.page.url()
    await ann.page.goto(new URL('/health/live', address).href)
    await ann.page.evaluate(async () => {
      localStorage.removeItem('parley:people')
      for (const { name = '' } of await indexedDB.databases())
        await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve))
    })
    await ann.page.goto(address)
    await ann.sees('Before anything was away')
    await ann.page.getByRole('heading', { level: 1, name: 'Name unavailable' }).waitFor()
    await ann.shot('desktop-accounts-away-nameless')
    await stack.service('user').start()
    await ann.page.getByRole('heading', { level: 1, name: 'Ben Bold' }).waitFor()
    await ann.page
      .getByRole('article', { name: /^Ben Bold/ })
      .first()
      .waitFor()
  })

  it('conversations: the open one works, and the list stays', async () => {
    await stack.service('conversation').stop()
    await ann.write('Said while conversations are away')
    await ben.sees('Said while conversations are away')
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).waitFor()
    await ben.shot('desktop-conversations-away')
  })

  it('conversations: one that is opened for the first time shows its messages, with the name in the list', async () => {
    await ben.page.getByRole('link', { name: /Cleo Court/ }).click()
    await ben.sees('Nobody has opened this')
    await ben.page.getByRole('heading', { level: 1, name: 'Cleo Court' }).waitFor()
    await ben.shot('desktop-conversations-away-opened')
    // Without a list there is no name for it, but its messages are shown.
    await ben.page.reload()
    await ben.sees('Nobody has opened this')
    await stack.service('conversation').start()
    await ben.page.getByRole('heading', { level: 1, name: 'Cleo Court' }).waitFor()
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).click()
    await ben.sees('Said while conversations are away')
  })

  it('messages: the list stays, new messages wait, and are sent when they are back', async () => {
    await stack.service('message').stop()
    await ann.write('Written while messages are away')
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor()
    await ann.page.getByRole('link', { name: /Ben Bold/ }).waitFor()
    await ann.sees('Heard all the same')
    await ann.page.getByText('What is new may come late.').waitFor()
    await ann.shot('desktop-messages-away')
    await stack.service('message').start()
    await ann.page.getByText('Reconnecting…').waitFor({ state: 'detached' })
    await ben.sees('Written while messages are away', 60_000)
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    expect(await ann.page.getByRole('log').getByText('Written while messages are away').count()).toBe(1)
  })

  it('notifications: the list and the open conversation work', async () => {
    await stack.service('notification').stop()
    await ann.write('Said while notifications are away')
    await ben.sees('Said while notifications are away')
    await ann.page.getByRole('link', { name: /Ben Bold.*Said while notifications are away/s }).waitFor()
    expect(await ann.page.getByText('What is new may come late.').count()).toBe(0)
    await stack.service('notification').start()
  })

  it('accounts: a user who signs out is signed out on this device at once, and everywhere when they are back', async () => {
    const [url = ''] = stack.urls
    const cookies = await ben.page.context().cookies(`${url}/graphql`)
    const copied = new Client(url)
    for (const { name, value } of cookies) copied.cookies.set(name, value)
    const refresh = 'mutation { refreshSession { accessTokenExpiresAt } }'
    await stack.service('user').stop()
    await ben.page.getByRole('button', { name: /Your profile/ }).click()
    await ben.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await ben.page.getByText('You are signed out on this device only.').waitFor()
    await ben.shot('desktop-accounts-away-signed-out')
    // The next user of this screen must not be Ben, whatever cookies remain.
    await ben.page.goto(url)
    await ben.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await ben.page.getByText('You are signed out on this device only.').waitFor()
    await stack.service('user').start()
    await ben.page.getByText('You are signed out on this device only.').waitFor({ state: 'detached' })
    expect(await copied.codeOf(refresh)).toBe('UNAUTHENTICATED')
    expect((await ben.page.context().cookies(`${url}/graphql`)).map(({ name }) => name)).toEqual(['parley_device'])
    await ben.page.getByLabel('Username').fill('ben')
    await ben.page.getByLabel('Password').fill('correct horse battery')
    await ben.page.getByRole('button', { name: 'Sign in' }).click()
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).waitFor()
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
