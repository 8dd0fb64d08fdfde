import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { send, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** Ann at a desktop and Ben on a phone write emoji by their names. The fonts of Ann's machine have no goose. */
describe('emoji by their names', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    await ann.page.addInitScript(drawBoxFor, '🪿')
    group = await startGroup(people.api.ann, [people.api.ben], 'Neighbours')
    await people.open(group, 'Neighbours')
  })
  afterAll(() => people.stop())

  const field = ({ page }: Person): Locator => page.getByRole('textbox', { name: 'Message', exact: true })
  const list = ({ page }: Person): Locator => page.getByRole('listbox', { name: 'Emoji' })
  const marked = (person: Person): Locator => list(person).getByRole('option', { selected: true })
  const findNothing = async (person: Person) => expect(await person.axe()).toEqual([])
  /** Until the list is there: the emoji are loaded when the first name is begun. */
  const type = async (person: Person, text: string) => {
    await field(person).click()
    await person.page.keyboard.type(text)
  }

  it('are offered after a colon and two letters: arrows choose, Enter takes, and the message stays', async () => {
    await type(ann, 'Good :s')
    expect(await list(ann).count()).toBe(0)
    await ann.page.keyboard.type('mile')
    await list(ann).getByRole('option', { name: ':smile:' }).waitFor()
    expect(await marked(ann).innerText()).toContain('😄')
    await findNothing(ann)
    await ann.shot('desktop-emoji-names')
    await ann.page.keyboard.press('ArrowDown')
    const second = (await marked(ann).innerText()).split('\n')[0] ?? ''
    expect(second).not.toBe('😄')
    await ann.page.keyboard.press('Enter')
    await list(ann).waitFor({ state: 'detached' })
    expect(await field(ann).inputValue()).toBe(`Good ${second} `)
    await ann.page.keyboard.type(':tada')
    await list(ann).getByRole('option', { name: ':tada:' }).waitFor()
    await ann.page.keyboard.press('Tab')
    expect(await field(ann).inputValue()).toBe(`Good ${second} 🎉 `)
    await ann.page.keyboard.press('Enter')
    await ben.sees(`Good ${second} 🎉`)
  })

  it('Escape closes the list for this name, and the next key of it is Enter’s own', async () => {
    await type(ann, 'See :rocket')
    await list(ann).waitFor()
    await ann.page.keyboard.press('Escape')
    await list(ann).waitFor({ state: 'detached' })
    await ann.page.keyboard.type('s')
    await ann.page.keyboard.press('Enter')
    await ben.sees('See :rockets')
  })

  it('a whole name between colons is the emoji, and undo brings the name back', async () => {
    await type(ann, 'Yes :+1:')
    await expectText(ann, 'Yes 👍')
    await ann.page.keyboard.press('Control+z')
    await expectText(ann, 'Yes :+1:')
    // Undo selects what it brings back.
    await ann.page.keyboard.press('End')
    await ann.page.keyboard.type(' :no_such_emoji:')
    await expectText(ann, 'Yes :+1: :no_such_emoji:')
    await ann.page.keyboard.press('Enter')
    await ben.sees('Yes :+1: :no_such_emoji:')
  })

  it('never in code, nor in a time or an address', async () => {
    for (const text of ['`:smile:', 'at 10:30:15', 'http://localhost:8080/:smile']) {
      await type(ann, text)
      await expectText(ann, text)
      expect(await list(ann).count()).toBe(0)
      await field(ann).fill('')
    }
  })

  it('have the skin tone that was chosen in the picker, also when they replace a text that is edited', async () => {
    await ann.page.getByRole('button', { name: 'Insert emoji' }).click()
    const picker = ann.page.getByRole('dialog', { name: 'Pick an emoji' })
    await picker.getByRole('button', { name: /^Skin tone/ }).click()
    await picker.getByRole('radio', { name: 'Dark skin tone', exact: true }).click()
    await ann.page.keyboard.press('Escape')
    await picker.waitFor({ state: 'detached' })
    await type(ann, ':clap:')
    await expectText(ann, '👏🏿')
    await ann.page.keyboard.press('Enter')
    await ben.page.getByRole('log').getByText('👏🏿', { exact: true }).waitFor()
    await ann.page.getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' })
    await ann.page.keyboard.press('ArrowUp')
    await ann.page.getByRole('textbox', { name: 'New text' }).waitFor()
    await ann.page.keyboard.type(' :wave')
    await marked(ann).getByText('👋🏿').waitFor()
    await ann.page.keyboard.press('Enter')
    await ann.page.keyboard.press('Enter')
    // Beside the text it says that it was edited.
    await ben.page.getByRole('log').getByText('👏🏿 👋🏿').waitFor()
  })

  it('are taken with a finger on the phone', async () => {
    await field(ben).tap()
    await ben.page.keyboard.type('Thanks :heart')
    await list(ben).waitFor()
    await findNothing(ben)
    await ben.shot('phone-emoji-names')
    await list(ben).getByRole('option', { name: ':heart:' }).tap()
    expect(await field(ben).inputValue()).toBe('Thanks ❤️ ')
    await ben.page.getByRole('button', { name: 'Send' }).tap()
    await ann.sees('Thanks ❤️')
  })

  describe('that a machine cannot draw', () => {
    it('are not offered there, in the list and in the picker', async () => {
      for (const person of [ann, ben]) {
        await type(person, ':goos')
        if (person === ben) await list(ben).getByRole('option', { name: ':goose:' }).waitFor()
        await field(person).fill('')
        await person.page.getByRole('button', { name: 'Insert emoji' }).click()
        const picker = person.page.getByRole('dialog', { name: 'Pick an emoji' })
        await picker.getByRole('searchbox').fill('goose')
        if (person === ben) await picker.getByRole('button', { name: 'goose', exact: true }).waitFor()
        else await picker.getByText('No emoji is called “goose”.').waitFor()
        // The first one clears the search.
        await person.page.keyboard.press('Escape')
        await person.page.keyboard.press('Escape')
        await picker.waitFor({ state: 'detached' })
      }
      expect(await list(ann).count()).toBe(0)
    })

    it('are sent by their names and shown all the same', async () => {
      await type(ann, 'A :goose:')
      await expectText(ann, 'A 🪿')
      await ann.page.keyboard.press('Enter')
      await ben.sees('A 🪿')
      await send(people.api.ben, group, 'Two 🪿🪿')
      await ann.sees('Two 🪿🪿')
      expect([...ann.faults, ...ben.faults]).toEqual([])
    })
  })

  const expectText = async (person: Person, text: string) => {
    await person.page.waitForFunction(
      (wanted) => (document.activeElement as HTMLTextAreaElement | null)?.value === wanted,
      text,
    )
  }
})

/** In the page: as a font does that lacks an emoji. */
function drawBoxFor(missing: string): void {
  type Draw = (this: CanvasRenderingContext2D, text: string, x: number, y: number) => void
  const canvas = CanvasRenderingContext2D.prototype
  const fillText: Draw = Reflect.get<CanvasRenderingContext2D, 'fillText'>(canvas, 'fillText')
  const draw: Draw = function (text, x, y) {
    if (text === missing) this.fillRect(x, y - 8, 12, 16)
    else fillText.call(this, text, x, y)
  }
  canvas.fillText = draw
}
