import { randomUUID } from 'node:crypto'
import { eventually } from '@parley/testing/eventually'
import type { Locator } from 'playwright-core'
import { desktop, Person } from './browsers.ts'
import { edit, markRead, queries, remove, send, startGroup, type TimelineEventView } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** Ann and Ben answer each other with quotes, in a group with a long history, and forward messages to another group. */
describe('replies with a quote, and forwards', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let group: string
  let garden = ''
  /** Far above what is loaded. */
  let question: TimelineEventView
  /** In whose thread they write as well. */
  let fence: TimelineEventView

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    const { api } = people
    garden = await startGroup(api.ann, [api.ben], 'The garden')
    group = await startGroup(api.ann, [api.ben], 'Neighbours')
    question = await send(api.ben, group, 'Who waters the plants?')
    for (let number = 1; number <= 120; number += 1) await send(api.ann, group, `message ${number}`)
    fence = await send(api.ben, group, 'Shall we paint the fence?')
    // So that both open it at its end.
    for (const client of [api.ann, api.ben]) await markRead(client, group)
    await people.open(group, 'Neighbours')
  })
  afterAll(() => people.stop())

  const idOf = ({ message }: TimelineEventView): string => message?.id ?? ''
  /** By its own text, and not by that of what it quotes. */
  const messageOf = ({ page }: Person, text: string): Locator =>
    page
      .getByRole('article')
      .filter({ has: page.locator('p').filter({ hasText: new RegExp(`^${text.replace('?', '\\?')}$`) }) })
  const quoteIn = (person: Person, text: string): Locator => messageOf(person, text).getByRole('blockquote')
  const field = ({ page }: Person): Locator => page.getByRole('textbox', { name: 'Message', exact: true })
  const replyingTo = ({ page }: Person): Locator => page.getByRole('group', { name: 'Replying to' })
  const pane = ({ page }: Person): Locator => page.getByRole('complementary', { name: 'Thread' })
  /** On the phone: it is before the conversation. */
  const openThread = (person: Person) =>
    messageOf(person, 'Shall we paint the fence?')
      .getByRole('button', { name: /^\d replies/ })
      .tap()
  const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement)
  const findNothing = async (person: Person) => expect(await person.axe()).toEqual([])

  describe('a reply', () => {
    it('by the bar: the field shows what it is about, keeps it over a reload, and lets it go by Escape', async () => {
      const { page } = ann
      await page.mouse.move(600, 200)
      await messageOf(ann, 'Shall we paint the fence?').hover()
      await messageOf(ann, 'Shall we paint the fence?').getByRole('button', { name: 'Reply', exact: true }).click()
      await replyingTo(ann).getByText('Shall we paint the fence?').waitFor()
      expect(await isFocused(field(ann))).toBe(true)
      await page.keyboard.type('Green, please')
      await findNothing(ann)
      await ann.shot('desktop-reply-composer')
      await page.reload()
      await replyingTo(ann).getByText('Ben Bold').waitFor()
      expect(await field(ann).inputValue()).toBe('Green, please')
      await page.getByRole('link', { name: /^The garden/ }).click()
      await page.getByRole('heading', { level: 1, name: 'The garden' }).waitFor()
      await replyingTo(ann).waitFor({ state: 'detached' })
      await page.getByRole('link', { name: /^Neighbours/ }).click()
      await replyingTo(ann).waitFor()
      await field(ann).press('Escape')
      await replyingTo(ann).waitFor({ state: 'detached' })
      expect(await field(ann).inputValue()).toBe('Green, please')
    })

    it('by a key: both see the message with what it quotes above it', async () => {
      await messageOf(ann, 'Shall we paint the fence?').focus()
      await ann.page.keyboard.press('r')
      await replyingTo(ann).waitFor()
      await ann.page.keyboard.press('Enter')
      for (const person of [ann, ben]) {
        await quoteIn(person, 'Green, please').getByText('Shall we paint the fence?').waitFor()
        await quoteIn(person, 'Green, please').getByText('Ben Bold').waitFor()
        await findNothing(person)
      }
      await replyingTo(ann).waitFor({ state: 'detached' })
      await ann.shot('desktop-reply')
    })

    it('on the phone by a long press', async () => {
      await ben.longPress(messageOf(ben, 'Green, please').getByText('Green, please', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Reply', exact: true }).tap()
      await replyingTo(ben).getByText('Green, please').waitFor()
      await findNothing(ben)
      await ben.shot('phone-reply-composer')
      await ben.write('Dark green')
      await quoteIn(ann, 'Dark green').getByText('Green, please').waitFor()
      await quoteIn(ben, 'Dark green').getByText('Ann Arbor').waitFor()
      await ben.shot('phone-reply')
    })

    it('in a thread quotes what is in the thread', async () => {
      await messageOf(ann, 'Shall we paint the fence?').focus()
      await ann.page.keyboard.press('t')
      const reply = pane(ann).getByRole('textbox', { name: 'Reply' })
      await reply.fill('We have paint left')
      await reply.press('Enter')
      const first = pane(ann).getByRole('article').filter({ hasText: 'We have paint left' })
      await first.waitFor()
      await first.getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' })
      await first.focus()
      await ann.page.keyboard.press('r')
      await pane(ann).getByRole('group', { name: 'Replying to' }).getByText('We have paint left').waitFor()
      await reply.fill('Two buckets')
      await reply.press('Enter')
      await pane(ann).getByRole('blockquote').getByText('We have paint left').waitFor()
      await pane(ann).getByRole('button', { name: 'Jump to the message of Ann Arbor' }).waitFor()
      await findNothing(ann)
      await ann.shot('desktop-reply-thread')
      await openThread(ben)
      await pane(ben).getByRole('blockquote').getByText('We have paint left').waitFor()
      await findNothing(ben)
      await ben.shot('phone-reply-thread')
      await pane(ben).getByRole('button', { name: 'Back to the conversation' }).tap()
      await reply.press('Escape')
      await pane(ann).waitFor({ state: 'detached' })
    })
  })

  describe('what is quoted', () => {
    it('is one press away, however far above', async () => {
      const input = { conversationId: group, clientId: randomUUID(), text: 'I do', replyToId: idOf(question) }
      await people.api.ann.must(queries.send, { input })
      for (const person of [ann, ben]) {
        const jump = quoteIn(person, 'I do').getByRole('button', { name: 'Jump to the message of Ben Bold' })
        await (person === ann ? jump.click() : jump.tap())
        await messageOf(person, 'Who waters the plants?').waitFor()
        expect(await messageOf(person, 'message 120').count()).toBe(0)
        await person.shot(person === ann ? 'desktop-reply-jumped' : 'phone-reply-jumped')
        await person.page.getByRole('button', { name: 'Jump to the latest message' }).click()
        await messageOf(person, 'I do').waitFor()
      }
    })

    it('on the phone, from a thread: the pane closes, and the conversation stays', async () => {
      const about = { threadId: idOf(fence), replyToId: idOf(fence) }
      const input = { conversationId: group, clientId: randomUUID(), text: 'The whole of it?', ...about }
      await people.api.ann.must(queries.send, { input })
      await openThread(ben)
      const quote = pane(ben).getByRole('article').filter({ hasText: 'The whole of it?' }).getByRole('blockquote')
      await quote.getByRole('button', { name: 'Jump to the message of Ben Bold' }).tap()
      await pane(ben).waitFor({ state: 'detached' })
      await messageOf(ben, 'Shall we paint the fence?').waitFor()
      expect(ben.page.url()).toBe(`${people.url}/c/${group}`)
    })

    it('is shown as it is now: edited, and deleted', async () => {
      await edit(people.api.ben, idOf(question), 'Who waters the **roses**?')
      for (const person of [ann, ben]) await quoteIn(person, 'I do').getByText('Who waters the roses?').waitFor()
      await remove(people.api.ben, group, idOf(question))
      for (const person of [ann, ben]) await quoteIn(person, 'I do').getByText('Message deleted').waitFor()
      await findNothing(ann)
      await ann.shot('desktop-reply-deleted')
    })
  })

  describe('without a connection', () => {
    it('a reply waits with what it quotes, and is sent when the connection is back', async () => {
      await messageOf(ann, 'Dark green').focus()
      await ann.page.keyboard.press('r')
      await replyingTo(ann).waitFor()
      await ann.page.context().setOffline(true)
      await ann.write('Like the door')
      await quoteIn(ann, 'Like the door').getByText('Dark green').waitFor()
      await messageOf(ann, 'Like the door').getByRole('img', { name: 'Sending' }).waitFor()
      await ann.shot('desktop-reply-offline')
      await ann.page.context().setOffline(false)
      await quoteIn(ben, 'Like the door').getByText('Dark green').waitFor()
    })

    it('one that quotes what was deleted meanwhile goes back into the field, and is sent without the quote', async () => {
      const doomed = await send(people.api.ben, group, 'Or red?')
      await messageOf(ann, 'Or red?').focus()
      await ann.page.keyboard.press('r')
      await replyingTo(ann).waitFor()
      await ann.page.context().setOffline(true)
      await ann.write('Never red')
      await remove(people.api.ben, group, idOf(doomed))
      await ann.page.context().setOffline(false)
      await messageOf(ann, 'Never red')
        .getByText(/^Not sent\./)
        .waitFor()
      await quoteIn(ann, 'Never red').getByText('Message deleted').waitFor()
      await messageOf(ann, 'Never red').getByRole('button', { name: 'Edit' }).click()
      await replyingTo(ann).getByText('Message deleted').waitFor()
      // Nor does the device keep what was deleted.
      await eventually(async () => {
        expect(await ann.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Or red?')
      })
      expect(await field(ann).inputValue()).toBe('Never red')
      await ann.shot('desktop-reply-refused')
      await replyingTo(ann).getByRole('button', { name: 'Cancel reply' }).click()
      await field(ann).press('Enter')
      await messageOf(ben, 'Never red').waitFor()
      expect(await quoteIn(ben, 'Never red').count()).toBe(0)
    })
  })

  it('without a connection the emoji say that they need one where nothing is on the device, and the page stays', async () => {
    const other = await Person.open(people.browser, { ...desktop, serviceWorkers: 'block' })
    await other.page.context().addCookies(await ann.page.context().cookies())
    await other.page.goto(ann.page.url())
    await field(other).waitFor()
    await other.page.context().setOffline(true)
    await other.page.getByRole('button', { name: 'Insert emoji' }).click()
    const picker = other.page.getByRole('dialog', { name: 'Pick an emoji' })
    await picker
      .getByRole('alert')
      .getByText(/could not be loaded/)
      .waitFor()
    await other.page.keyboard.press('Escape')
    await picker.waitFor({ state: 'detached' })
    await other.page.context().setOffline(false)
    await field(other).waitFor()
    await other.page.context().close()
  })

  describe('forwarding', () => {
    const dialog = ({ page }: Person) => page.getByRole('dialog', { name: 'Forward message' })

    it('at the desktop: a conversation is found by its name, and the way there is shown', async () => {
      const { page } = ann
      await messageOf(ann, 'Dark green').focus()
      await page.keyboard.press('f')
      await dialog(ann).getByRole('combobox', { name: 'Find a conversation' }).fill('gard')
      await dialog(ann).getByRole('option', { name: 'The garden' }).waitFor()
      await findNothing(ann)
      await ann.shot('desktop-forward')
      await page.keyboard.press('Enter')
      await dialog(ann).getByText('Forwarded to The garden').waitFor()
      await findNothing(ann)
      await ann.shot('desktop-forwarded')
      await dialog(ann).getByRole('link', { name: 'Go to The garden' }).click()
      await page.getByRole('heading', { level: 1, name: 'The garden' }).waitFor()
      await messageOf(ann, 'Dark green').getByText('Forwarded from Ben Bold').waitFor()
      await findNothing(ann)
      await ann.shot('desktop-forwarded-message')
    })

    it('the words of somebody else cannot be edited', async () => {
      await messageOf(ann, 'Dark green').focus()
      await ann.page.keyboard.press('e')
      await field(ann).focus()
      await ann.page.keyboard.press('ArrowUp')
      expect(await ann.page.getByRole('form', { name: 'Edit message' }).count()).toBe(0)
    })

    it('closes when the message is deleted before it is forwarded', async () => {
      const doomed = await send(people.api.ben, group, 'Not for long')
      await messageOf(ben, 'Not for long').waitFor()
      await ben.longPress(messageOf(ben, 'Not for long').getByText('Not for long', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Forward', exact: true }).tap()
      await dialog(ben).getByRole('option', { name: 'The garden' }).waitFor()
      await remove(people.api.ben, group, idOf(doomed))
      await dialog(ben).waitFor({ state: 'detached' })
    })

    it('from the thread on the phone, which is before the conversation', async () => {
      await openThread(ben)
      await ben.longPress(pane(ben).getByText('Two buckets', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Forward', exact: true }).tap()
      await dialog(ben).getByRole('option', { name: 'The garden' }).tap()
      await findNothing(ben)
      await ben.shot('phone-forward-thread')
      await dialog(ben).getByRole('button', { name: 'Forward to The garden' }).tap()
      await dialog(ben).getByText('Forwarded to The garden').waitFor()
      await dialog(ben).getByRole('button', { name: 'Close', exact: true }).tap()
      await pane(ben).getByRole('button', { name: 'Back to the conversation' }).tap()
      await messageOf(ann, 'Two buckets').getByText('Forwarded from Ann Arbor').waitFor()
    })

    it('on the phone: by a long press, and it arrives once', async () => {
      await ben.longPress(messageOf(ben, 'Never red').getByText('Never red', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Forward', exact: true }).tap()
      await dialog(ben).getByRole('option', { name: 'The garden' }).tap()
      await findNothing(ben)
      await ben.shot('phone-forward')
      await dialog(ben).getByRole('button', { name: 'Forward to The garden' }).tap()
      await dialog(ben).getByRole('link', { name: 'Go to The garden' }).tap()
      await messageOf(ben, 'Never red').getByText('Forwarded from Ann Arbor').waitFor()
      await messageOf(ann, 'Never red').getByText('Forwarded from Ann Arbor').waitFor()
      // What would have come twice has come when this has.
      await send(people.api.ben, garden, 'And nothing else')
      await messageOf(ann, 'And nothing else').waitFor()
      expect(await messageOf(ann, 'Never red').count()).toBe(1)
      await findNothing(ben)
      await ben.shot('phone-forwarded-message')
      expect([...ann.faults, ...ben.faults]).toEqual([])
    })
  })
})
