import type { Person } from './browsers.ts'
import { readBack, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/** Ann owns a group, at a desktop; Ben is in it, on a phone. */
describe('deleting messages', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    group = await startGroup(people.api.ann, [people.api.ben], 'Neighbours')
    await people.open(group, 'Neighbours')
  })
  afterAll(() => people.stop())

  const write = async (author: Person, text: string) => {
    await author.write(text)
    for (const person of [ann, ben]) await person.sees(text)
    await author.page.getByRole('img', { name: 'Sending' }).first().waitFor({ state: 'detached' })
  }
  const focusLast = async ({ page }: Person) => {
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await page.getByRole('toolbar', { name: 'Message actions' }).waitFor()
  }

  it('on the phone, after a look at what it was: everybody sees that it was deleted, and nobody what it said', async () => {
    await write(ben, 'The door code is 4711')
    const message = ben.page.getByRole('log').getByText('The door code is 4711', { exact: true })
    const dialog = ben.page.getByRole('dialog', { name: 'Delete this message?' })
    await ben.longPress(message)
    await ben.page.getByRole('button', { name: 'Delete message' }).tap()
    await dialog.getByText('The door code is 4711', { exact: true }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-delete')
    await dialog.getByRole('button', { name: 'Cancel' }).tap()
    await dialog.waitFor({ state: 'detached' })
    await message.waitFor()
    await ben.longPress(message)
    await ben.page.getByRole('button', { name: 'Delete message' }).tap()
    await dialog.getByRole('button', { name: 'Delete', exact: true }).tap()
    await ben.sees('You deleted a message')
    await ann.sees('Ben Bold deleted a message')
    await ann.page.getByRole('link', { name: /Neighbours.*Message deleted/s }).waitFor()
    for (const { page } of [ann, ben]) await page.reload()
    await ben.sees('You deleted a message')
    await ann.sees('Ben Bold deleted a message')
    for (const { page } of [ann, ben]) expect(await page.getByText('4711').count()).toBe(0)
    expect(JSON.stringify(await readBack(people.api.ann, group))).not.toContain('4711')
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-deleted')
  })

  it('by keyboard, and as the owner of the group what another wrote: they are told by whom', async () => {
    await write(ben, 'Buy my coins')
    await focusLast(ann)
    await ann.page.keyboard.press('Delete')
    const dialog = ann.page.getByRole('dialog', { name: 'Delete this message?' })
    await dialog.getByText(/You delete it as the owner of this group/).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-delete')
    await ann.page.keyboard.press('Enter')
    await ann.sees('You deleted a message of Ben Bold')
    await ben.sees('Ann Arbor deleted a message of yours')
    // The focus is where it was, so that the arrows go on from there.
    await write(ann, 'No advertising, please')
    await focusLast(ann)
    await ann.page.keyboard.press('ArrowUp')
    await ann.page.waitForFunction(() =>
      document.activeElement?.textContent.includes('You deleted a message of Ben Bold'),
    )
    expect(await ann.page.getByRole('toolbar').count()).toBe(0)
    await ann.shot('desktop-deleted')
    expect(await ann.axe()).toEqual([])
  })

  it('is not offered for what others wrote to those who own no group', async () => {
    await ben.longPress(ben.page.getByRole('log').getByText('No advertising, please', { exact: true }))
    await ben.page.getByRole('button', { name: 'Copy text' }).waitFor()
    expect(await ben.page.getByRole('button', { name: 'Delete message' }).count()).toBe(0)
    await ben.page.keyboard.press('Escape')
  })

  it('that could not be done leaves the message there, with the reason, and can be tried again', async () => {
    await write(ann, 'A secret that stays for now')
    const messages = people.stack.service('message')
    await messages.kill()
    await focusLast(ann)
    await ann.page.keyboard.press('Delete')
    await ann.page.keyboard.press('Enter')
    await ann.page.getByText(/^Not deleted\. /).waitFor({ timeout: 60_000 })
    await ann.sees('A secret that stays for now')
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-not-deleted')
    await messages.start()
    const isDone = ann.page.getByRole('log').getByText('You deleted a message', { exact: true })
    while ((await isDone.count()) === 0) {
      await ann.page.getByRole('button', { name: 'Retry' }).click()
      await ann.page
        .getByText(/^Not deleted\. /)
        .or(isDone)
        .first()
        .waitFor({ timeout: 60_000 })
    }
    await ben.sees('Ann Arbor deleted a message', 60_000)
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })
})
