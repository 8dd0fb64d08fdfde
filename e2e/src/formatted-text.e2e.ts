import type { Stack } from '@parley/launcher/stack'
import type { Browser, Locator } from 'playwright-core'
import { desktop, launchBrowser, Person, phone } from './browsers.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

const formatted = [
  '**Bold**, *italic*, ~~gone~~ and `code` at [the docs](https://example.org/docs).',
  '',
  '> Somebody said',
  '- milk',
  '- eggs',
  '',
  'The killer is ||the *butler*||.',
].join('\n')

const code = [
  'Look:',
  '```ts',
  'const answer: number = 42 // of course',
  'export const question = () => null',
  '```',
].join('\n')

/** What a member writes is formatted for all others, on the desktop and on the phone, and stays reachable by keyboard. */
describe('the text of messages', () => {
  let stack: Stack
  let browser: Browser
  let ann: Person
  let ben: Person
  const messages = (person: Person): Locator => person.page.getByRole('log').getByRole('article')
  const field = () => ann.page.getByRole('textbox', { name: 'Message', exact: true })

  beforeAll(async () => {
    stack = await testStack({ web: true })
    browser = await launchBrowser()
    ann = await Person.open(browser, desktop)
    ben = await Person.open(browser, phone)
    await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const url = stack.urls[0] ?? ''
    await ann.register(url, 'ann', 'Ann Arbor')
    await ben.register(url, 'ben', 'Ben Bold')
    await ann.goTo('ben', 'Ben Bold')
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })

  it('has marks, a link, a quote, a list and a spoiler, and a preview without them', async () => {
    await ann.write(formatted)
    const row = ben.page.getByRole('link', { name: /Ann Arbor.*1 unread message/s })
    await row.getByText('Bold, italic, gone and code at the docs. • milk • eggs The killer is •••••.').waitFor()
    await ben.shot('text-phone-list')
    await row.tap()
    const message = messages(ben).last()
    await message.locator('strong', { hasText: /^Bold$/ }).waitFor()
    expect(await message.locator('em').allInnerTexts()).toEqual(['italic'])
    expect(await message.locator('s').allInnerTexts()).toEqual(['gone'])
    expect(await message.locator('code').allInnerTexts()).toEqual(['code'])
    expect(await message.locator('blockquote').innerText()).toBe('Somebody said')
    expect(await message.getByRole('listitem').allInnerTexts()).toEqual(['milk', 'eggs'])
    const link = message.getByRole('link', { name: 'the docs' })
    expect(await link.getAttribute('href')).toBe('https://example.org/docs')
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(await ben.axe()).toEqual([])
    expect(await ann.axe()).toEqual([])
  })

  it('opens a spoiler by a tap, and by keyboard without losing the focus', async () => {
    const tapped = messages(ben).last()
    await tapped.getByRole('button', { name: 'Show the spoiler' }).tap()
    await tapped.locator('em', { hasText: 'butler' }).waitFor()
    const walked = messages(ann).last()
    await walked.getByRole('button', { name: 'Show the spoiler' }).focus()
    await ann.page.keyboard.press('Enter')
    await walked.locator('em', { hasText: 'butler' }).waitFor()
    expect(await ann.page.evaluate(() => document.activeElement?.textContent)).toBe('the butler')
  })

  it('keeps the indentation, and gives each paragraph the direction of its letters', async () => {
    await ann.write('    four spaces in\n\nשלום לכולם\n\nmail@example.org at the end')
    for (const person of [ann, ben]) {
      const message = messages(person).last()
      const line = (text: string): Locator => message.locator('p', { hasText: text })
      await line('four spaces in').waitFor()
      expect(await line('four spaces in').evaluate((element: HTMLElement) => element.innerText)).toMatch(/^ {4}four/)
      const direction = (text: string) => line(text).evaluate((element) => getComputedStyle(element).direction)
      expect(await direction('four spaces in')).toBe('ltr')
      expect(await direction('שלום')).toBe('rtl')
      expect(await direction('mail@example.org')).toBe('ltr')
      const mail = message.getByRole('link', { name: 'mail@example.org' })
      expect(await mail.getAttribute('href')).toBe('mailto:mail@example.org')
      expect(await person.axe()).toEqual([])
    }
  })

  it('shows code in colours, and copies it', async () => {
    await ann.write(code)
    for (const person of [ann, ben]) {
      await messages(person).last().locator('pre .code-keyword', { hasText: 'const' }).first().waitFor()
      await messages(person).last().locator('pre .code-comment', { hasText: '// of course' }).waitFor()
    }
    await messages(ann).last().getByRole('button', { name: 'Copy code' }).click()
    await ann.page.getByText('Code copied', { exact: true }).waitFor({ state: 'attached' })
    expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'const answer: number = 42 // of course\nexport const question = () => null',
    )
    expect(await ann.axe()).toEqual([])
    expect(await ben.axe()).toEqual([])
    await ann.shot('text-desktop')
    await ben.shot('text-phone')
  })

  it('folds what is longer than twelve lines', async () => {
    await ann.write(Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n'))
    for (const person of [ann, ben]) {
      const message = messages(person).last()
      const more = message.getByRole('button', { name: 'Show more' })
      await more.waitFor()
      const folded = (await message.boundingBox())?.height ?? 0
      expect(folded).toBeLessThan(14.5 * 23)
      if (person === ann) await ann.shot('text-desktop-folded')
      expect(await person.axe()).toEqual([])
      await more.click()
      await message.getByRole('button', { name: 'Show less' }).waitFor()
      expect((await message.boundingBox())?.height ?? 0).toBeGreaterThan(30 * 20)
      await message.getByRole('button', { name: 'Show less' }).click()
      await more.waitFor()
      expect((await message.boundingBox())?.height).toBe(folded)
    }
  })

  it('is marked by keys, which the browser can undo; Tab leaves the field; what is pasted is plain', async () => {
    await field().fill('a bold word')
    await field().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 6))
    await ann.page.keyboard.press('Control+b')
    expect(await field().inputValue()).toBe('a **bold** word')
    await ann.page.keyboard.press('Control+b')
    expect(await field().inputValue()).toBe('a bold word')
    await ann.page.keyboard.press('Control+i')
    await ann.page.keyboard.press('Control+e')
    expect(await field().inputValue()).toBe('a *`bold`* word')
    await ann.page.keyboard.press('Control+z')
    expect(await field().inputValue()).toBe('a *bold* word')
    await ann.page.keyboard.press('Tab')
    expect(await ann.page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
    await ann.page.evaluate(async () => {
      const item = (type: string, text: string) => [type, new Blob([text], { type })] as const
      const both = [item('text/html', '<b>rich</b>'), item('text/plain', 'plain')]
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(both))])
    })
    await field().fill('')
    await ann.page.keyboard.press('Control+v')
    expect(await field().inputValue()).toBe('plain')
    await field().fill('')
  })

  it('cannot be more than text: HTML, scripts, reversed letters, a thousand levels', async () => {
    for (const text of [
      '<img src=x onerror="document.title=1"> [a](javascript:document.title=1)',
      'photo\u202egpj.exe [https://bank.example](https://evil.example)',
      `${'> '.repeat(1_000)}deep`,
      `${'*a '.repeat(1_000)}end`,
    ]) {
      await ann.write(text)
    }
    const last = messages(ben).last()
    await last.getByText(/end$/).waitFor()
    expect(await ben.page.getByRole('log').locator('img, script').count()).toBe(0)
    await ben.page.getByRole('log').getByText('(evil.example)').waitFor()
    await ben.page
      .getByRole('log')
      .getByText(/^photogpj\.exe/)
      .waitFor()
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })

  it('has colours of code that can be read in both themes, on both', async () => {
    for (const [person, name] of [
      [ann, 'desktop'],
      [ben, 'phone'],
    ] as const) {
      const pre = person.page.getByRole('log').locator('pre .code-keyword').first()
      await pre.waitFor()
      await pre.scrollIntoViewIfNeeded()
      expect(await person.axe()).toEqual([])
      await person.shot(`text-${name}-code`)
    }
  })
})
