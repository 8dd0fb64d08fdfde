import type { Person } from './browsers.ts'
import { startDirect } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const fieldOf = ({ page }: Person, name = 'Message') => page.getByRole('textbox', { name, exact: true })

/** What one has begun to write, over reloads and in several tabs, and what a reply to it shows. */
describe('what Ann and Ben write', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let conversation: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    conversation = await startDirect(people.api.ann, people.api.ben)
    await ann.page.goto(`${people.url}/c/${conversation}`)
    await ben.page.goto(`${people.url}/c/${conversation}`)
  })
  afterAll(() => people.stop())

  it('at the desktop: an edit is there after a reload, and its bar is gone when it is saved', async () => {
    await ann.write('Bring the ladder')
    await ben.sees('Bring the ladder')
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await ann.page.keyboard.press('ArrowUp')
    await fieldOf(ann, 'New text').fill('Bring the ladder and the rope')
    await ann.page.reload()
    const field = fieldOf(ann, 'New text')
    await field.waitFor()
    expect(await field.inputValue()).toBe('Bring the ladder and the rope')
    expect(await ann.axe()).toEqual([])
    await field.press('Enter')
    await ben.sees('Bring the ladder and the rope (edited)')
    await field.waitFor({ state: 'detached' })
    expect(await ann.page.getByRole('toolbar', { name: 'Message actions' }).count()).toBe(0)
    await ann.page.reload()
    await ann.sees('Bring the ladder and the rope (edited)')
    expect(await field.count()).toBe(0)
  })

  it('on the phone: an edit is there after a reload, and is left by Cancel', async () => {
    await ben.write('I have a barrow')
    await ann.sees('I have a barrow')
    await ben.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await ben.longPress(ben.page.getByRole('log').getByText('I have a barrow', { exact: true }))
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Edit message' }).tap()
    await fieldOf(ben, 'New text').fill('I have two')
    await ben.page.reload()
    await fieldOf(ben, 'New text').waitFor()
    expect(await fieldOf(ben, 'New text').inputValue()).toBe('I have two')
    await ben.page.getByRole('button', { name: 'Cancel' }).tap()
    await ben.sees('I have a barrow')
    await ben.page.reload()
    await ben.sees('I have a barrow')
    expect(await fieldOf(ben, 'New text').count()).toBe(0)
  })

  it('a text that is begun in one tab is in the other one, until it is sent from either', async () => {
    const tab = await ann.newTab(`${people.url}/c/${conversation}`)
    await fieldOf(tab).waitFor()
    await fieldOf(ann).fill('Half a sen')
    await tab.page.waitForFunction(() => document.querySelector('textarea')?.value === 'Half a sen')
    await fieldOf(tab).fill('Half a sentence')
    await fieldOf(tab).press('Enter')
    await ben.sees('Half a sentence')
    await ann.page.waitForFunction(() => document.querySelector('textarea')?.value === '')
    await tab.page.close()
  })

  it('an edit that is left for another one waits at its message, and goes on where it stopped', async () => {
    await ann.write('The second one')
    await ben.sees('The second one')
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await fieldOf(ann).press('ArrowUp')
    await fieldOf(ann, 'New text').fill('The second one, half wr')
    const first = ann.page.getByRole('article').filter({ hasText: 'Half a sentence' })
    await first.focus()
    await first.press('e')
    await ann.page.getByText('Your edit is not finished.').waitFor()
    expect(await fieldOf(ann, 'New text').inputValue()).toBe('Half a sentence')
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-unfinished-edit')
    await fieldOf(ann, 'New text').press('Escape')
    await ann.page.reload()
    await ann.page.getByRole('button', { name: 'Continue' }).click()
    expect(await fieldOf(ann, 'New text').inputValue()).toBe('The second one, half wr')
    await fieldOf(ann, 'New text').fill('The second one, written')
    await fieldOf(ann, 'New text').press('Enter')
    await ben.sees('The second one, written (edited)')
    expect(await ann.page.getByText('Your edit is not finished.').count()).toBe(0)
  })

  it('arrow up does not pass over what waits to be sent', async () => {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    await ann.page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('This one waits') === true) await released
      await route.continue()
    })
    await ann.write('This one waits')
    await ann.page.getByRole('img', { name: 'Sending' }).waitFor()
    await fieldOf(ann).press('ArrowUp')
    await ann.page.getByText('Your last message is not sent yet').waitFor({ state: 'attached' })
    expect(await fieldOf(ann, 'New text').count()).toBe(0)
    release()
    await ben.sees('This one waits')
    await ann.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
    await fieldOf(ann).press('ArrowUp')
    expect(await fieldOf(ann, 'New text').inputValue()).toBe('This one waits')
    await fieldOf(ann, 'New text').press('Escape')
    await ann.page.unroute('**/graphql')
  })

  it('a reply to a word names in full whom it quotes', async () => {
    await ben.write('Yes')
    await ann.sees('Yes')
    await ann.page.getByRole('article').filter({ hasText: 'Yes' }).last().focus()
    await ann.page.keyboard.press('r')
    await ann.page.getByRole('group', { name: 'Replying to' }).waitFor()
    await ann.write('Good')
    for (const { page } of [ann, ben]) {
      const name = page.getByRole('blockquote').getByText('Ben Bold', { exact: true })
      await name.waitFor()
      expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    }
  })
})
