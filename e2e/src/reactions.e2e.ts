import { randomUUID } from 'node:crypto'
import type { Stack } from '@parley/launcher/stack'
import type { Browser, Locator } from 'playwright-core'
import { desktop, launchBrowser, Person, phone } from './browsers.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** Two people react to each other's messages: Ann on a desktop with mouse and keyboard, Ben on a phone with a finger. */
describe('reactions in two browsers', () => {
  let stack: Stack
  let browser: Browser
  let ann: Person
  let ben: Person
  const url = () => stack.urls[0] ?? ''

  const messageOf = (person: Person, text: string): Locator =>
    person.page.getByRole('article').filter({ hasText: text })
  /** The chip of an emoji, with how many people reacted with it. */
  const chip = (person: Person, text: string, emoji: string, count: number): Locator =>
    messageOf(person, text).getByRole('button', {
      name: `${emoji}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`,
      exact: true,
    })
  const picker = (person: Person) => person.page.getByRole('dialog', { name: 'Pick an emoji' })
  const isPressed = (button: Locator) => button.getAttribute('aria-pressed')

  beforeAll(async () => {
    stack = await testStack({ web: true, env: { DOCUMENTS: 'trusted' } })
    browser = await launchBrowser()
    ann = await Person.open(browser, desktop)
    ben = await Person.open(browser, phone)
    const name = randomUUID().slice(0, 6)
    await ann.register(url(), `ann_${name}`, 'Ann Arbor')
    await ben.register(url(), `ben_${name}`, 'Ben Bold')
    await ann.goTo(`ben_${name}`, 'Ben Bold')
    await ann.write('We have the big room')
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).tap()
    await ben.sees('We have the big room')
    await ben.write('I bring the cable')
    await ann.sees('I bring the cable')
  })
  afterAll(async () => {
    await browser.close()
    await stack.stop()
  })

  it('a quick reaction from the bar is seen by the other, and a tap on it joins', async () => {
    await messageOf(ann, 'I bring the cable').hover()
    await ann.page.mouse.move(600, 400)
    await messageOf(ann, 'I bring the cable').hover()
    await ann.page.getByRole('button', { name: 'React with 👍' }).click()
    const own = chip(ann, 'I bring the cable', '👍', 1)
    await own.waitFor()
    expect(await isPressed(own)).toBe('true')
    const theirs = chip(ben, 'I bring the cable', '👍', 1)
    await theirs.waitFor()
    expect(await isPressed(theirs)).toBe('false')
    await theirs.tap()
    await chip(ann, 'I bring the cable', '👍', 2).waitFor()
    expect(await isPressed(chip(ben, 'I bring the cable', '👍', 2))).toBe('true')
  })

  it('it is no news: nothing is unread, and the last message stays the last', async () => {
    await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
    await messageOf(ann, 'We have the big room').hover()
    await ann.page.keyboard.press('Tab')
    await messageOf(ann, 'We have the big room').focus()
    await ann.page.keyboard.press('2')
    await chip(ann, 'We have the big room', '❤️', 1).waitFor()
    await ben.page.getByRole('link', { name: /Ann Arbor.*I bring the cable/s }).waitFor()
    expect(await ben.page.getByRole('link', { name: /unread/ }).count()).toBe(0)
    await ben.page.getByRole('link', { name: /Ann Arbor/ }).tap()
    await chip(ben, 'We have the big room', '❤️', 1).waitFor()
  })

  it('any emoji is found by its name with the keyboard alone, in the chosen skin tone', async () => {
    await messageOf(ann, 'I bring the cable').focus()
    await ann.page.keyboard.press('a')
    const search = picker(ann).getByRole('searchbox', { name: 'Search emoji' })
    await search.waitFor()
    await picker(ann).getByRole('grid', { name: 'Emoji' }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-emoji-picker')
    await picker(ann)
      .getByRole('button', { name: /^Skin tone/ })
      .click()
    await picker(ann).getByRole('radio', { name: 'Medium-dark skin tone' }).click()
    await search.fill('clap')
    await picker(ann).getByRole('button', { name: 'clapping hands' }).waitFor()
    await search.press('ArrowDown')
    await ann.page.keyboard.press('Enter')
    await picker(ann).waitFor({ state: 'detached' })
    await chip(ben, 'I bring the cable', '👏🏾', 1).waitFor()
    // The focus is where it was, so that the arrows go on.
    expect(await messageOf(ann, 'I bring the cable').evaluate((message) => message === document.activeElement)).toBe(
      true,
    )
  })

  it('what is joined of several characters is one picture, on a machine without emoji as well', async () => {
    await messageOf(ann, 'I bring the cable').focus()
    await ann.page.keyboard.press('a')
    const search = picker(ann).getByRole('searchbox', { name: 'Search emoji' })
    // What this machine cannot draw as one is not offered.
    for (const name of ['pirate flag', 'heart on fire', 'woman astronaut']) {
      await search.fill(name)
      await picker(ann).getByRole('button', { name, exact: true }).waitFor()
    }
    await ann.shot('desktop-emoji-joined')
    // The first Escape empties the field.
    await search.fill('')
    await ann.page.keyboard.press('Escape')
    await picker(ann).waitFor({ state: 'detached' })
  })

  it('the arrows walk over the grid, and typing in it searches', async () => {
    await messageOf(ann, 'I bring the cable').focus()
    await ann.page.keyboard.press('a')
    const search = picker(ann).getByRole('searchbox', { name: 'Search emoji' })
    const focused = () => ann.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await picker(ann).getByText('Recently used').waitFor()
    await search.press('ArrowDown')
    expect(await focused()).toBe('clapping hands')
    await ann.page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('grinning face')
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'Home', 'ArrowRight'])
      await ann.page.keyboard.press(key)
    expect(await focused()).toBe('grinning face with big eyes')
    await ann.page.keyboard.type('rocket')
    await picker(ann).getByRole('button', { name: 'rocket' }).waitFor()
    expect(await search.inputValue()).toBe('rocket')
    await search.press('Enter')
    await chip(ben, 'I bring the cable', '🚀', 1).waitFor()
  })

  it('a finger finds them in a sheet, and a long press tells who reacted', async () => {
    await ben.longPress(ben.page.getByRole('log').getByText('We have the big room', { exact: true }))
    await ben.shot('phone-reaction-sheet')
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Add reaction' }).tap()
    await picker(ben).getByRole('grid', { name: 'Emoji' }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-emoji-picker')
    await picker(ben).getByRole('button', { name: 'Food and drink' }).tap()
    await picker(ben).getByRole('button', { name: 'grapes', exact: true }).tap()
    await chip(ann, 'We have the big room', '🍇', 1).waitFor()
    await ben.longPress(chip(ben, 'I bring the cable', '👍', 2))
    const people = ben.page.getByRole('dialog', { name: 'Reactions' })
    expect(await people.getByRole('list', { name: 'Who reacted' }).getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Ann Arbor'),
      expect.stringContaining('Ben Bold (you)'),
    ])
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-who-reacted')
    await ben.page.keyboard.press('Escape')
  })

  it('at the desktop the mouse shows who reacted, and a key tells it of all emoji and of each', async () => {
    const message = messageOf(ann, 'I bring the cable')
    await chip(ann, 'I bring the cable', '👍', 2).hover()
    await message.getByText('Ben Bold and you reacted with 👍').waitFor()
    await message.focus()
    await ann.page.keyboard.press('w')
    const people = ann.page.getByRole('dialog', { name: 'Reactions' })
    const listed = people.getByRole('list', { name: 'Who reacted' }).getByRole('listitem')
    await listed.nth(3).waitFor()
    expect(await people.getByRole('button', { name: 'All, 4' }).getAttribute('aria-pressed')).toBe('true')
    await people.getByRole('button', { name: '👍, 2' }).click()
    expect(await listed.allInnerTexts()).toEqual([
      expect.stringContaining('Ann Arbor (you)'),
      expect.stringContaining('Ben Bold'),
    ])
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-who-reacted')
    await ann.page.keyboard.press('Escape')
    await people.waitFor({ state: 'detached' })
  })

  it('what was chosen without a connection is sent when it is back', async () => {
    const gateway = stack.service('gateway')
    await gateway.kill()
    await ann.page.getByText('Reconnecting…').waitFor()
    await chip(ann, 'We have the big room', '🍇', 1).click()
    await chip(ann, 'We have the big room', '🍇', 2).waitFor()
    await chip(ann, 'We have the big room', '❤️', 1).click()
    await chip(ann, 'We have the big room', '❤️', 1).waitFor({ state: 'detached' })
    await gateway.start()
    await chip(ben, 'We have the big room', '🍇', 2).waitFor({ timeout: 60_000 })
    await chip(ben, 'We have the big room', '❤️', 1).waitFor({ state: 'detached' })
  })

  it('the composer inserts emoji where the cursor is, and emoji alone are large', async () => {
    const field = ann.page.getByRole('textbox', { name: 'Message', exact: true })
    await ann.page.getByRole('button', { name: 'Insert emoji' }).click()
    await picker(ann).getByRole('searchbox').fill('tada')
    await picker(ann).getByRole('button', { name: 'party popper' }).click()
    await ann.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Message')
    expect(await field.inputValue()).toBe('🎉')
    await ann.page.keyboard.press('Enter')
    const alone = ben.page.getByRole('log').getByText('🎉', { exact: true })
    await alone.waitFor()
    const size = (locator: Locator) => locator.evaluate((text) => parseFloat(getComputedStyle(text).fontSize))
    expect(await size(alone)).toBeGreaterThan(30)
    expect(await size(ben.page.getByRole('log').getByText('I bring the cable', { exact: true }))).toBeLessThan(20)
  })

  it('all of it is there after a reload, and no page has errors', async () => {
    await ann.page.reload()
    await chip(ann, 'I bring the cable', '👍', 2).waitFor()
    expect(await isPressed(chip(ann, 'I bring the cable', '👍', 2))).toBe('true')
    await messageOf(ann, 'I bring the cable').focus()
    await ann.page.keyboard.press('a')
    await picker(ann).getByText('Recently used').waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-emoji-picker-recent')
    await ann.page.keyboard.press('Escape')
    await ann.shot('desktop-reactions-reloaded')
    await ben.shot('phone-reactions')
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
