import type { Stack } from '@parley/launcher/stack'
import type { Browser } from 'playwright-core'
import { desktop, launchBrowser, Person, phone } from './browsers.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** The path of a new user: register in two browsers, find each other, chat, lose the connection, reconnect. */
describe('two browsers, a desktop and a phone', () => {
  let stack: Stack
  let browser: Browser
  let ann: Person
  let ben: Person
  const url = () => stack.urls[0] ?? ''

  beforeAll(async () => {
    // As in production: the web client's own operations and no others.
    stack = await testStack({ web: true, env: { DOCUMENTS: 'trusted' } })
    browser = await launchBrowser()
    ann = await Person.open(browser, desktop)
    ben = await Person.open(browser, phone)
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })

  it('use a gateway that runs no other operations than theirs', async () => {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    })
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_REQUIRED' } }] })
  })

  it('run no script that their server did not send', async () => {
    const visitor = await Person.open(browser, desktop)
    const response = await visitor.page.goto(`${url()}/login`)
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'sha256-[^']+';/)
    const [blocked, ran] = await visitor.page.evaluate(async () => {
      const violation = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        })
      })
      const script = document.createElement('script')
      script.textContent = 'document.documentElement.dataset.injected = "yes"'
      document.body.append(script)
      return [await violation, document.documentElement.dataset['injected']]
    })
    expect({ blocked, ran }).toEqual({ blocked: 'script-src-elem', ran: undefined })
    await visitor.page.context().close()
  })

  it('open the API explorer, which has its own security policy', async () => {
    const visitor = await Person.open(browser, desktop)
    await visitor.page.goto(`${url()}/explorer`)
    await visitor.page.getByRole('button', { name: /execute query/i }).waitFor()
    expect(visitor.faults).toEqual([])
    await visitor.page.context().close()
  })

  it('register, and see what to do next', async () => {
    await ann.page.goto(url())
    await ann.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-sign-in')
    await ann.register(url(), 'ann', 'Ann Arbor')
    await ben.register(url(), 'ben', 'Ben Bold')
    expect(await ann.axe()).toEqual([])
    expect(await ben.axe()).toEqual([])
    await ann.shot('desktop-empty')
    await ben.shot('phone-empty')
  })

  it('find each other and chat live, on the phone too', async () => {
    await ann.page.getByRole('button', { name: 'New conversation' }).first().click()
    await ann.page.keyboard.press('Escape')
    // The focus is in the text field, so that typing needs no mouse.
    await ann.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'New conversation')
    await ann.page.keyboard.press('Control+k')
    await ann.switcher.waitFor()
    await ann.page.keyboard.type('ben')
    await ann.switcher.getByRole('option', { name: 'Ben Bold' }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.page.keyboard.press('Enter')
    await ann.page.getByRole('heading', { level: 1, name: 'Ben Bold' }).waitFor()
    await ann.write('Hello Ben, can you read this?')
    await ann.sees('Hello Ben, can you read this?')
    await ben.page.getByRole('link', { name: /Ann Arbor.*1 unread message/s }).tap()
    await ben.sees('Hello Ben, can you read this?')
    await ben.write('Every word, on the train 🚆')
    await ann.sees('Every word, on the train 🚆')
    for (const index of [1, 2, 3, 4, 5, 6]) {
      await ann.write(`Ann says ${index}`)
      await ben.sees(`Ann says ${index}`)
      await ben.write(`Ben says ${index}`)
      await ann.sees(`Ben says ${index}`)
    }
    expect(await ann.page.getByRole('log').getByText('Ann says 3', { exact: true }).count()).toBe(1)
    expect(await ann.axe()).toEqual([])
    expect(await ben.axe()).toEqual([])
    await ann.shot('desktop-conversation')
    await ben.shot('phone-conversation')
  })

  it.each([
    ['desktop', 'phone', () => [ann, ben] as const, 'Ann Arbor', 'I am thinking'],
    ['phone', 'desktop', () => [ben, ann] as const, 'Ben Bold', 'And so am I, now'],
  ])(
    'what is typed at the %s shows at the %s, without a jump, until the message is there',
    async (_from, _to, both, name, text) => {
      const [writer, reader] = both()
      const last = reader.page.getByRole('log').getByRole('article').last()
      const before = await last.boundingBox()
      expect(before).not.toBeNull()
      const field = writer.page.getByRole('textbox', { name: 'Message', exact: true })
      // For longer than the pause between two signals, the first of which another message may have taken.
      await field.pressSequentially(text, { delay: 300 })
      const line = reader.page.getByText(`${name} is typing…`, { exact: true })
      await line.waitFor()
      expect(await last.boundingBox()).toEqual(before)
      expect(await writer.page.getByText(/typing…/).count()).toBe(0)
      expect(await reader.axe()).toEqual([])
      await writer.page.keyboard.press('Enter')
      await reader.sees(text)
      await line.waitFor({ state: 'detached' })
    },
  )

  it('Shift+Enter breaks the line and Enter sends', async () => {
    await ann.page.getByRole('textbox', { name: 'Message', exact: true }).fill('one')
    await ann.page.keyboard.press('Shift+Enter')
    await ann.page.keyboard.type('two')
    await ann.page.keyboard.press('Enter')
    const message = ben.page.getByRole('log').getByText(/^one\s+two$/)
    await message.waitFor()
    expect(await message.innerText()).toBe('one\ntwo')
  })

  it('what was sent is edited by keyboard and by finger: the other sees it, and it stays', async () => {
    await ann.write('A mistak')
    await ben.sees('A mistak')
    await ann.sees('A mistak')
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await ann.page.keyboard.press('ArrowUp')
    const field = ann.page.getByRole('textbox', { name: 'New text' })
    await field.press('End')
    await field.pressSequentially('e')
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-edit')
    await field.press('Enter')
    await ben.sees('A mistake (edited)')
    await ann.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Message')
    await ben.write('On teh phone')
    await ann.sees('On teh phone')
    await ben.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await ben.longPress(ben.page.getByRole('log').getByText('On teh phone', { exact: true }))
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-message-sheet')
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Edit message' }).tap()
    await ben.page.getByRole('textbox', { name: 'New text' }).fill('On the phone')
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-edit')
    await ben.page.getByRole('button', { name: 'Save' }).tap()
    await ann.sees('On the phone (edited)')
    await ann.page.getByRole('link', { name: /Ben Bold.*On the phone/s }).waitFor()
    await ben.page.reload()
    await ben.sees('A mistake (edited)')
    await ben.sees('On the phone (edited)')
  })

  it('the arrows walk over the messages, the bar shows what can be done, and its keys do it', async () => {
    const { page } = ann
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const field = page.getByRole('textbox', { name: 'Message', exact: true })
    await field.focus()
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    const bar = page.getByRole('toolbar', { name: 'Message actions' })
    await bar.waitFor()
    // The last message is Ben's: it can be copied, and not edited.
    expect(await bar.getByRole('button').evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel))).toEqual([
      'React with 👍',
      'Add reaction',
      'Reply',
      'Reply in thread',
      'More actions',
    ])
    await page.keyboard.press('c')
    await page.getByRole('status').getByText('Text copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('On the phone')
    await page.keyboard.press('ArrowUp')
    const own = page.getByRole('article').filter({ hasText: 'A mistake (edited)' })
    await own.getByRole('toolbar').waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-message-bar')
    await page.keyboard.press('e')
    await page.getByRole('textbox', { name: 'New text' }).press('Escape')
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Message')
    expect(await bar.count()).toBe(0)
    await page.getByRole('log').getByText('A mistake (edited)', { exact: true }).hover()
    await own.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menu').getByRole('menuitem', { name: 'Edit message' }).click()
    await page.getByRole('textbox', { name: 'New text' }).press('Escape')
    await page.mouse.move(0, 0)
  })

  it('an unread badge appears for messages in other conversations, and disappears when they are read', async () => {
    await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
    await ben.page.getByRole('link', { name: /Ann Arbor(?!.*unread)/s }).waitFor()
    await ann.write('Are you still there?')
    const row = ben.page.getByRole('link', { name: /Ann Arbor.*1 unread message/s })
    await row.waitFor()
    await ben.shot('phone-list')
    await row.tap()
    await ben.sees('Are you still there?')
    // The title has the unread count: it disappears when everything is read.
    await ben.page.waitForFunction(() => !document.title.startsWith('('))
    await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
    await ben.page.getByRole('link', { name: /Ann Arbor(?!.*unread)/s }).waitFor()
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).tap()
    await ben.sees('Are you still there?')
  })

  it('the gateway is killed: a banner, messages wait; it returns: all arrive once and in order', async () => {
    const gateway = stack.service('gateway')
    await gateway.kill()
    await ann.page.getByText('Reconnecting…').waitFor()
    await ann.write('Written in the dark, 1')
    await ann.write('Written in the dark, 2')
    await ann.page.getByRole('img', { name: 'Sending' }).nth(1).waitFor()
    await ann.shot('desktop-reconnecting')
    expect(await ann.axe()).toEqual([])
    await gateway.start()
    await ben.sees('Written in the dark, 2', 60_000)
    await ann.page.getByText('Reconnecting…').waitFor({ state: 'detached' })
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    const dark = (person: Person) =>
      person.page
        .getByRole('log')
        .getByText(/^Written in the dark/)
        .allInnerTexts()
    expect(await dark(ben)).toEqual(['Written in the dark, 1', 'Written in the dark, 2'])
    expect(await dark(ann)).toEqual(['Written in the dark, 1', 'Written in the dark, 2'])
  })

  it('a second tab of the same user shows the same, and stays live', async () => {
    const second = await ann.page.context().newPage()
    await second.goto(ann.page.url())
    await second.getByRole('log').getByText('Written in the dark, 2', { exact: true }).waitFor()
    await ann.write('Two tabs, one me')
    await second.getByRole('log').getByText('Two tabs, one me', { exact: true }).waitFor()
    expect(await second.getByRole('log').getByText('Two tabs, one me', { exact: true }).count()).toBe(1)
    await second.close()
  })

  it('follows the preference for dark mode, and no page has errors', async () => {
    await ann.page.emulateMedia({ colorScheme: 'dark' })
    // Colours change gradually; a fresh page has them at once.
    await ann.page.reload()
    await ann.sees('Two tabs, one me')
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-two-tabs')
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
