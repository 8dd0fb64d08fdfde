import { eventually } from '@parley/testing/eventually'
import type { Page } from 'playwright-core'
import type { Person } from './browsers.ts'
import { queries, send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const title = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const field = ({ page }: Person) => page.getByRole('textbox', { name: 'Message', exact: true })
const keyList = ({ page }: Person) => page.getByRole('dialog', { name: 'Keyboard shortcuts' })

/** The role and the name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.tagName ?? ''
  })

/** Ann has three groups and a direct conversation; Ben writes to her. */
describe('the keyboard', () => {
  let people: TwoPeople
  const ids: Record<'first' | 'second' | 'third' | 'long', string> = { first: '', second: '', third: '', long: '' }

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    // The last one comes first in the list.
    for (const name of ['long', 'third', 'second', 'first'] as const) {
      ids[name] = await startGroup(ann, [ben], `The ${name}`)
      await send(ann, ids[name], `Hello, ${name}`)
    }
  })
  afterAll(() => people.stop())

  const at = async (name: keyof typeof ids) => {
    const { ann } = people
    await ann.page.goto(`${people.url}/c/${ids[name]}`)
    await ann.sees(`Hello, ${name}`)
    await ann.page.locator('nav a', { hasText: 'The long' }).waitFor()
  }
  const unreadIn = async (id: string) => {
    const { conversation } = await people.api.ann.must<{ conversation: { unreadCount: number } }>(queries.unread, {
      id,
    })
    return conversation.unreadCount
  }

  it('goes to the next and to the previous conversation, from the field as well, and ends at the ends', async () => {
    const { ann } = people
    const { page } = ann
    await at('first')
    await page.locator('textarea:focus').waitFor()
    for (const name of ['The second', 'The third', 'The long']) {
      await page.keyboard.press('Alt+ArrowDown')
      await title(ann, name).waitFor()
    }
    await page.keyboard.press('Alt+ArrowDown')
    await title(ann, 'The long').waitFor()
    for (const name of ['The third', 'The second', 'The first']) {
      await page.keyboard.press('Alt+ArrowUp')
      await title(ann, name).waitFor()
    }
    // Where nothing was edited, as by the arrow alone.
    expect(await page.getByRole('form', { name: 'Edit message' }).count()).toBe(0)
    await page.locator('textarea:focus').waitFor()
    await page.getByRole('link', { name: 'Bookmarks' }).click()
    await title(ann, 'Bookmarks').waitFor()
    await page.keyboard.press('Alt+ArrowDown')
    await title(ann, 'The first').waitFor()
  })

  it('goes to unread conversations, and says when there is none', async () => {
    const { ann } = people
    const { page } = ann
    await at('first')
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await page.getByText('No other conversation is unread').waitFor({ state: 'attached' })
    await send(people.api.ben, ids.third, 'Are you there?')
    await send(people.api.ben, ids.second, 'Or there?')
    for (const name of ['third', 'second'])
      await page.getByRole('link', { name: new RegExp(`^The ${name}.*1 unread`, 's') }).waitFor()
    await page.keyboard.press('Alt+Shift+ArrowUp')
    await title(ann, 'The third').waitFor()
    await ann.sees('Are you there?')
    await eventually(async () => expect(await unreadIn(ids.third)).toBe(0))
    await page.keyboard.press('Alt+Shift+ArrowUp')
    await title(ann, 'The second').waitFor()
  })

  it('is understood on another keyboard', async () => {
    const { ann } = people
    await at('first')
    const keys = await ann.page.context().newCDPSession(ann.page)
    await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'л', code: 'KeyK', modifiers: 2 })
    await ann.switcher.waitFor()
    await ann.page.keyboard.press('Escape')
    await ann.switcher.waitFor({ state: 'detached' })
    await keys.detach()
  })

  it('has a list of all its keys, by a key in the field and out of it, and in the menu', async () => {
    const { ann } = people
    const { page } = ann
    await at('first')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.press('Control+/')
    await keyList(ann).waitFor()
    for (const words of ['Next unread conversation', 'Reply in thread', 'Bold', 'Mark unread from here'])
      await keyList(ann).getByText(words, { exact: true }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-keys')
    await page.keyboard.press('Escape')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type('What?')
    expect([await field(ann).inputValue(), await keyList(ann).count()]).toEqual(['What?', 0])
    await field(ann).fill('')
    await page.getByRole('article').last().focus()
    await page.keyboard.press('?')
    await keyList(ann).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Your profile/ }).click()
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
    await keyList(ann).waitFor()
    await keyList(ann).getByRole('button', { name: 'Close' }).click()
    await page.locator('button[aria-haspopup=menu]:focus').waitFor()
  })

  it('writes from anywhere but a message, a menu and a dialog, the first character included', async () => {
    const { ann } = people
    const { page } = ann
    await at('first')
    await page.getByRole('link', { name: 'Bookmarks' }).focus()
    await page.keyboard.type('Hi there')
    expect(await field(ann).inputValue()).toBe('Hi there')
    await page.getByRole('button', { name: 'Details', exact: true }).focus()
    await page.keyboard.type('!')
    expect(await field(ann).inputValue()).toBe('Hi there!')
    await page.getByRole('article').last().focus()
    await page.keyboard.type('xyz')
    await page.getByRole('button', { name: /^Your profile/ }).click()
    await page.keyboard.type('xyz')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+/')
    await keyList(ann).waitFor()
    await page.keyboard.type('xyz')
    await page.keyboard.press('Escape')
    expect(await field(ann).inputValue()).toBe('Hi there!')
    // Into the thread, when that is where one is.
    const message = page.getByRole('article').last()
    await message.focus()
    await page.keyboard.press('t')
    const pane = page.getByRole('complementary', { name: 'Thread' })
    await pane.getByRole('textbox', { name: 'Reply' }).waitFor()
    await pane.getByRole('button', { name: 'Close the thread' }).focus()
    await page.keyboard.type('A reply')
    expect(await pane.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('A reply')
    expect(await field(ann).inputValue()).toBe('Hi there!')
  })

  it('goes from part to part of the window, forth and back', async () => {
    const { ann } = people
    const { page } = ann
    await at('second')
    await field(ann).focus()
    const parts: string[] = []
    for (const key of ['F6', 'F6', 'F6', 'Shift+F6', 'Shift+F6', 'Control+F6']) {
      await page.keyboard.press(key)
      parts.push(await focused(page))
    }
    expect(parts).toEqual(['A', 'Messages', 'Message', 'Messages', 'A', 'Messages'])
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await page.getByRole('complementary', { name: 'Details' }).waitFor()
    await field(ann).focus()
    await page.keyboard.press('F6')
    await page.locator('aside :focus').waitFor()
    await page.keyboard.press('F6')
    await page.locator('nav a[aria-current=page]:focus').waitFor()
    // What is not seen is no part: on a phone the list, behind the conversation.
    const { ben } = people
    await ben.page.goto(`${people.url}/c/${ids.second}`)
    await ben.sees('Hello, second')
    const seen: string[] = []
    for (let count = 0; count < 3; count += 1) {
      await ben.page.keyboard.press('F6')
      seen.push(await focused(ben.page))
    }
    expect(seen).toEqual(['Messages', 'Message', 'Messages'])
  })

  it('marks as read by Escape, with nothing written and nothing open', async () => {
    const { ann } = people
    const { page } = ann
    for (let number = 1; number <= 60; number += 1) await send(people.api.ben, ids.long, `Line ${number} of many`)
    await at('first')
    await page.getByRole('link', { name: /^The long/ }).click()
    await title(ann, 'The long').waitFor()
    await ann.sees('Line 1 of many')
    await field(ann).fill('A draft')
    await page.keyboard.press('Escape')
    await field(ann).fill('')
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await page.getByRole('complementary', { name: 'Details' }).waitFor()
    await field(ann).focus()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Close the details' }).click()
    await page.getByRole('complementary', { name: 'Details' }).waitFor({ state: 'detached' })
    expect(await unreadIn(ids.long)).toBeGreaterThan(0)
    await field(ann).focus()
    await page.keyboard.press('Escape')
    await ann.sees('Line 60 of many')
    await eventually(async () => expect(await unreadIn(ids.long)).toBe(0))
    expect(ann.faults).toEqual([])
  })
})
