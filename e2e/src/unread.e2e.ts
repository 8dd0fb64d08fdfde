import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Person } from './browsers.ts'
import { edit, send, signUp, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'
import {
  bar,
  divider,
  expectInside,
  frames,
  listed,
  log,
  open,
  scrollTo,
  shown,
  titleCounts,
  topOf,
  UnreadGroup,
  watchTop,
} from './unread.ts'

jest.setTimeout(stackTimeout)

/** Ann, at a desktop, and Ben, on a phone, come back to groups in which Cleo, without a browser, has written much. */
describe('what is unread', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let cleo: Client
  let api: { readonly ann: Client; readonly ben: Client }
  let neighbours: UnreadGroup

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben, api } = people)
    cleo = await signUp(people.url, 'cleo', 'Cleo Clark')
  })
  afterAll(async () => {
    await cleo.close()
    await people.stop()
  })

  const groupWith = (title: string, ...counts: [number, number]) =>
    UnreadGroup.of(title, cleo, [api.ann, api.ben], counts)

  describe('two hundred of them, at the desktop', () => {
    let garden: UnreadGroup
    let watcher: Person
    const told: string[] = []
    const message = (number: number) => shown(ann, neighbours.text(number))

    it('open where the first one is, far from the end, and stay there', async () => {
      neighbours = await groupWith('Neighbours', 60, 200)
      garden = await groupWith('Garden', 80, 0)
      watcher = await ann.newTab(people.url)
      await listed(watcher, 'Neighbours', 200).waitFor()
      await ann.page.bringToFront()
      ann.page.on('request', (request) => {
        const body = request.postData() ?? ''
        if (body.includes('"revision"') && body.includes('"line"')) told.push(body)
      })
      const tops = await watchTop(ann, neighbours.text(61))
      await open(ann, 'Neighbours')
      await expectInside(ann, divider(ann))
      await expectInside(ann, message(61))
      await expectInside(ann, message(60))
      expect(await message(260).count()).toBe(0)
      await frames(ann, 60)
      expect(await tops()).toHaveLength(1)
      expect(await topOf(divider(ann))).toBeGreaterThan(await topOf(message(60)))
    })

    it('a bar says how many there are since when, exactly, and only what was shown is read', async () => {
      await bar(ann)
        .getByText(/^1\d\d new since \d/)
        .waitFor()
      const lowest = (await neighbours.onScreen(ann)).at(-1) ?? 0
      expect(lowest).toBeGreaterThan(63)
      expect(lowest).toBeLessThan(100)
      await eventually(async () => {
        const { unread, read } = await neighbours.readBy(api.ann)
        // The next one may be seen for the most part.
        expect([lowest, lowest + 1]).toContain(read)
        expect(unread).toBe(260 - read)
        await bar(ann).getByText(`${unread} new since`).waitFor({ timeout: 2_000 })
        await titleCounts(watcher, unread)
        await titleCounts(ann, unread)
      })
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-unread')
    })

    it('reading on marks them as they are shown, for another device as well, with few requests', async () => {
      const before = told.length
      const startedAt = Date.now()
      await scrollTo(ann, message(160), 120)
      expect(told.length - before).toBeLessThanOrEqual((2 * (Date.now() - startedAt)) / 1_000 + 2)
      const lowest = (await neighbours.onScreen(ann)).at(-1) ?? 0
      await eventually(async () => {
        const { read } = await neighbours.readBy(api.ann)
        expect([lowest, lowest + 1]).toContain(read)
        await titleCounts(watcher, 260 - read)
      })
      await ann.shot('desktop-unread-half')
    })

    it('the divider stays between the same messages, whatever is sent, arrives or is edited', async () => {
      await scrollTo(ann, message(60), -120)
      await expectInside(ann, divider(ann))
      const tops = async () => [await topOf(divider(ann)), await topOf(message(60))]
      const before = await tops()
      await edit(cleo, neighbours.sent[58]?.message?.id, 'an edited message')
      await log(ann).getByText('an edited message').waitFor()
      await neighbours.write(1)
      await ann.page.getByRole('button', { name: /new messages/ }).waitFor()
      await frames(ann, 30)
      for (const [index, top] of (await tops()).entries())
        expect(Math.abs((before[index] ?? NaN) - top)).toBeLessThanOrEqual(1)
      await ann.write('Ann says something')
      await expectInside(ann, shown(ann, 'Ann says something'))
      // What she passed over is still unread.
      expect((await neighbours.readBy(api.ann)).unread).toBeGreaterThan(50)
      await bar(ann).getByRole('button', { name: /^Jump/ }).click()
      await eventually(async () => {
        const { read } = await neighbours.readBy(api.ann)
        expect(await neighbours.onScreen(ann)).toContain(read)
      })
      await scrollTo(ann, message(60), -120)
      const [above, line, below] = [await topOf(message(60)), await topOf(divider(ann)), await topOf(message(61))]
      expect(above < line && line < below).toBe(true)
    })

    it('who goes elsewhere and comes back finds it where it was, also when more has come', async () => {
      const inGarden = shown(ann, garden.text(40))
      await scrollTo(ann, message(90), 120)
      await frames(ann, 30)
      const before = await topOf(message(90))
      await open(ann, 'Garden')
      await scrollTo(ann, inGarden, -120)
      await frames(ann, 30)
      const gardenBefore = await topOf(inGarden)
      await neighbours.write(3)
      await open(ann, 'Neighbours')
      await message(90).waitFor()
      await frames(ann, 30)
      expect(Math.abs((await topOf(message(90))) - before)).toBeLessThanOrEqual(2)
      await garden.write(2)
      await listed(ann, 'Garden', 2).waitFor()
      await open(ann, 'Garden')
      await inGarden.waitFor()
      await frames(ann, 30)
      expect(Math.abs((await topOf(inGarden)) - gardenBefore)).toBeLessThanOrEqual(2)
      await ann.page.getByRole('button', { name: '2 new messages' }).click()
      await expectInside(ann, shown(ann, garden.text(82)))
      await listed(ann, 'Garden', 0).waitFor()
      await open(ann, 'Neighbours')
      await message(90).waitFor()
    })

    it('End ends at the end and Home at the beginning, loaded or not, and what was passed over stays unread', async () => {
      await log(ann).focus()
      await ann.page.keyboard.press('Home')
      await ann.page.getByText('This is where the conversation begins.').waitFor()
      await expectInside(ann, message(1))
      await ann.page.keyboard.press('Control+End')
      await expectInside(ann, message(264))
      await ann.page.keyboard.press('Home')
      await expectInside(ann, message(1))
      await ann.page.keyboard.press('End')
      await expectInside(ann, message(264))
      await frames(ann, 30)
      await expectInside(ann, message(264))
      await ann.page.getByRole('button', { name: /new messages|latest message/ }).waitFor({ state: 'detached' })
      await bar(ann).getByRole('button', { name: /^Jump/ }).waitFor()
      expect((await neighbours.readBy(api.ann)).unread).toBeGreaterThan(50)
    })

    it('all of it is read when one says so, and then the end is where it opens', async () => {
      await bar(ann)
        .getByRole('button', { name: /^Mark read/ })
        .click()
      await bar(ann).waitFor({ state: 'detached' })
      await eventually(async () => expect((await neighbours.readBy(api.ann)).unread).toBe(0))
      await listed(watcher, 'Neighbours', 0).waitFor()
      await ann.page.reload()
      await expectInside(ann, message(264))
      expect([await divider(ann).count(), await bar(ann).count()]).toEqual([0, 0])
      await watcher.page.close()
    })
  })

  describe('a screenful', () => {
    it('shows where it begins, and is read when it was shown', async () => {
      const group = await groupWith('Workshop', 70, 9)
      await listed(ann, 'Workshop', 9).waitFor()
      await open(ann, 'Workshop')
      await expectInside(ann, divider(ann))
      await expectInside(ann, shown(ann, group.text(79)))
      await listed(ann, 'Workshop', 0).waitFor()
      await eventually(async () => expect((await group.readBy(api.ann)).unread).toBe(0))
      await expectInside(ann, divider(ann))
      expect(await bar(ann).count()).toBe(0)
      await ann.shot('desktop-unread-screenful')
    })

    it('that comes to a hidden window gets a divider, where one has stopped', async () => {
      const group = await groupWith('Library', 50, 0)
      const unread = async () => (await group.readBy(api.ann)).unread
      await open(ann, 'Library')
      await shown(ann, group.text(50)).waitFor()
      const show = (visibility: 'hidden' | 'visible') =>
        ann.page.evaluate((state) => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
          document.dispatchEvent(new Event('visibilitychange'))
        }, visibility)
      await group.write(1)
      await expectInside(ann, shown(ann, group.text(51)))
      await eventually(async () => expect(await unread()).toBe(0))
      await listed(ann, 'Library', 0).waitFor()
      expect(await divider(ann).count()).toBe(0)
      await show('hidden')
      await group.write(40)
      await listed(ann, 'Library', 40).waitFor()
      expect(await unread()).toBe(40)
      // The end is followed only so far that the first of them stays.
      await expectInside(ann, divider(ann))
      await expectInside(ann, shown(ann, group.text(52)))
      await show('visible')
      await bar(ann).waitFor()
      await expectInside(ann, divider(ann))
      expect(await unread()).toBeGreaterThan(5)
    })

    it('of replies opens a thread at the first one', async () => {
      const group = await groupWith('Kitchen', 3, 0)
      const rootId = group.sent[1]?.message?.id ?? ''
      await group.reply(api.ann, rootId, 'I begin')
      for (let number = 1; number <= 80; number += 1) await group.reply(cleo, rootId, `reply ${number}`)
      await ann.page.goto(`${people.url}/c/${group.id}?thread=${rootId}`)
      const pane = ann.page.getByRole('complementary', { name: 'Thread' })
      const list = pane.getByRole('log')
      await list.getByText('reply 1', { exact: true }).waitFor()
      await list.getByRole('separator', { name: 'New messages' }).waitFor()
      expect(await list.getByText('reply 80', { exact: true }).count()).toBe(0)
      const reading = () => group.threadReadBy(api.ann, rootId)
      await eventually(async () => expect((await reading()).readLine).toBeGreaterThan(3))
      expect((await reading()).unreadCount).toBeGreaterThan(50)
      await list.focus()
      await ann.page.keyboard.press('End')
      await list.getByText('reply 80', { exact: true }).waitFor()
      const threadBar = pane.getByRole('group', { name: 'Unread messages' })
      await threadBar.getByText(/^\d\d new since/).waitFor()
      await pane.getByRole('button', { name: /new messages|latest message/ }).waitFor({ state: 'detached' })
      await frames(ann, 30)
      expect(await list.getByText('reply 80', { exact: true }).isVisible()).toBe(true)
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-unread-thread')
      await threadBar.getByRole('button', { name: /^Mark read/ }).click()
      await eventually(async () => expect((await reading()).unreadCount).toBe(0))
    })
  })

  describe('on the phone', () => {
    const back = () => ben.page.getByRole('link', { name: 'Back to conversations' }).tap()

    it('two hundred open at the first one, are read as they are shown, and stay when one goes to the end', async () => {
      await ben.page.goto(people.url)
      await listed(ben, 'Neighbours', 205).waitFor()
      const tops = await watchTop(ben, neighbours.text(61))
      await listed(ben, 'Neighbours', 205).tap()
      await expectInside(ben, divider(ben))
      await expectInside(ben, shown(ben, neighbours.text(61)))
      await frames(ben, 60)
      expect(await tops()).toHaveLength(1)
      const lowest = (await neighbours.onScreen(ben)).at(-1) ?? 0
      await eventually(async () => expect([lowest, lowest + 1]).toContain((await neighbours.readBy(api.ben)).read))
      await bar(ben)
        .getByText(/^1\d\d new since \d/)
        .waitFor()
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-unread')
      const down = ben.page.getByRole('button', { name: /new messages/ })
      await down.tap()
      await expectInside(ben, shown(ben, neighbours.text(264)))
      await down.waitFor({ state: 'detached' })
      const { read } = await neighbours.readBy(api.ben)
      expect(read).toBeLessThan(100)
      await bar(ben).getByRole('button', { name: /^Jump/ }).tap()
      const first = shown(ben, neighbours.text(read + 1))
      await expectInside(ben, first)
      await ben.shot('phone-unread-jumped')
      await back()
      await listed(ben, 'Neighbours', 150).tap()
      await expectInside(ben, first)
      await bar(ben)
        .getByRole('button', { name: /^Mark read/ })
        .tap()
      await bar(ben).waitFor({ state: 'detached' })
      await back()
      await listed(ben, 'Neighbours', 0).waitFor()
    })

    it('a screenful shows where it begins, too', async () => {
      await listed(ben, 'Workshop', 9).tap()
      await expectInside(ben, divider(ben))
      await expectInside(ben, shown(ben, 'Workshop 79'))
      await ben.shot('phone-unread-screenful')
      await back()
      await listed(ben, 'Workshop', 0).waitFor()
      expect([...ann.faults, ...ben.faults]).toEqual([])
    })
  })

  it('five thousand open at the first one as well', async () => {
    const many = await startGroup(cleo, [api.ann], 'Harbour')
    await ann.page.goto(people.url)
    for (let from = 0; from < 5_000; from += 50)
      await Promise.all(Array.from({ length: 50 }, (_, index) => send(cleo, many, `Harbour ${from + index + 1}`)))
    await ann.page.waitForFunction(() => document.title.startsWith('(5'))
    await open(ann, 'Harbour')
    await expectInside(ann, divider(ann))
    await bar(ann)
      .getByText(/^4,9\d\d new since/)
      .waitFor()
    await ann.shot('desktop-unread-many')
    await log(ann).focus()
    await ann.page.keyboard.press('End')
    await bar(ann).getByRole('button', { name: /^Jump/ }).waitFor()
    await ann.page.getByRole('button', { name: /new messages|latest message/ }).waitFor({ state: 'detached' })
    expect((await bar(ann).innerText()).startsWith('4,9')).toBe(true)
  })
})
