import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { edit, queries, remove, send, signUpAll, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const versions = `query ($id: ID!, $before: Int, $after: Int, $first: Int, $last: Int) {
  message(id: $id) { editCount versions(before: $before, after: $after, first: $first, last: $last) {
    hasEarlier hasLater versions { number text at }
  } }
}`

interface VersionsAnswer {
  readonly message: {
    readonly editCount: number
    readonly versions: {
      readonly hasEarlier: boolean
      readonly hasLater: boolean
      readonly versions: readonly { readonly number: number; readonly text: string; readonly at: string }[]
    } | null
  } | null
}

/** Ann, at a desktop, and Ben, on a phone, are in a group. Otto is not in it. */
describe('the history of versions', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let api: { readonly ann: Client; readonly ben: Client; readonly otto: Client }
  let group: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    const [otto] = (await signUpAll(people.url, ['otto'])) as [Client]
    api = { ...people.api, otto }
    group = await startGroup(api.ann, [api.ben], 'Neighbours')
  })
  afterAll(async () => {
    await api.otto.close()
    await people.stop()
  })

  const written = async (...texts: readonly [string, ...string[]]): Promise<string> => {
    const id = (await send(api.ann, group, texts[0])).message?.id ?? ''
    for (const text of texts.slice(1)) await edit(api.ann, id, text)
    return id
  }
  const read = async (client: Client, id: string, range: object = {}) => {
    const { data, errors } = await client.gql<VersionsAnswer>(versions, { id, ...range })
    return { message: data?.message ?? null, code: errors?.[0]?.extensions?.code }
  }
  const brief = async (...asked: Parameters<typeof read>) => {
    const { message } = await read(...asked)
    const page = message?.versions
    return page && [page.versions.map(({ number, text }) => `${number} ${text}`), page.hasEarlier, page.hasLater]
  }

  describe('in the API', () => {
    it('every member reads all texts of a message, by pages', async () => {
      const id = await written('one', 'two', 'three', 'four')
      await api.ben.must(queries.react, {
        input: { conversationId: group, messageId: id, emoji: '👍', clientId: randomUUID() },
      })
      expect(await brief(api.ben, id)).toEqual([['1 one', '2 two', '3 three', '4 four'], false, false])
      expect(await brief(api.ben, id, { last: 2 })).toEqual([['3 three', '4 four'], true, false])
      expect(await brief(api.ann, id, { before: 3, last: 1 })).toEqual([['2 two'], true, true])
      expect(await brief(api.ann, id, { after: 0, first: 1 })).toEqual([['1 one'], false, true])
      expect((await read(api.ann, id)).message?.editCount).toBe(3)
      expect(await brief(api.ann, await written('As it was sent'))).toEqual([['1 As it was sent'], false, false])
    })

    it('no version is left of a message that was deleted', async () => {
      const id = await written('A secret', 'No secret')
      await remove(api.ann, group, id)
      for (const client of [api.ann, api.ben]) expect(await brief(client, id)).toEqual([[], false, false])
    })

    it('others read none, and pages that are none are refused', async () => {
      const id = await written('Between us', 'Between us two')
      expect(await read(api.otto, id)).toEqual({ message: null, code: 'NOT_FOUND' })
      expect(await read(api.ann, randomUUID())).toEqual({ message: null, code: 'NOT_FOUND' })
      expect((await read(api.ann, 'nonsense')).code).toBe('INVALID_INPUT')
      for (const range of [{ last: 101 }, { last: 0 }, { before: 0, last: 1 }, { first: 1 }, { before: 2, after: 1 }])
        expect((await read(api.ann, id, range)).code).toBe('INVALID_INPUT')
    })
  })

  describe('in two browsers', () => {
    beforeEach(() => people.open(group, 'Neighbours'))
    afterEach(() => {
      expect([...ann.faults, ...ben.faults]).toEqual([])
    })

    const messageOf = (person: Person, text: string): Locator =>
      person.page.getByRole('article').filter({ hasText: text })
    const historyOf = (person: Person): Locator => person.page.getByRole('dialog', { name: 'Edit history' })
    const listed = async (person: Person): Promise<readonly string[]> => {
      const items = historyOf(person).getByRole('list', { name: 'Versions' }).getByRole('listitem')
      await items.first().waitFor()
      return items.locator('p:last-child').allInnerTexts()
    }

    it('Ann opens the history with the keyboard, and sees what each edit has changed', async () => {
      await written(
        'We meet at ten by the pier.',
        'We meet at eleven by the pier.',
        'We meet at eleven, by the old pier!',
      )
      const label = messageOf(ann, 'We meet').getByRole('button', { name: 'Edited, see history' })
      await label.focus()
      await ann.page.keyboard.press('Enter')
      expect(await listed(ann)).toEqual([
        'We meet at eleven, by the old pier.!',
        'We meet at teneleven by the pier.',
        'We meet at ten by the pier.',
      ])
      const second = historyOf(ann).getByRole('listitem').nth(1)
      expect(await second.locator('del').allInnerTexts()).toEqual(['ten'])
      expect(await second.locator('ins').allInnerTexts()).toEqual(['eleven'])
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-edit-history')
      await ann.page.keyboard.press('Escape')
      await historyOf(ann).waitFor({ state: 'detached' })
      expect(await label.evaluate((button) => button === document.activeElement)).toBe(true)
    })

    it('Ben has it open on the phone while Ann edits again: the new version is added', async () => {
      const id = await written('Bring a lamp', 'Bring a lamp and a coat')
      await messageOf(ben, 'Bring a lamp').getByRole('button', { name: 'Edited, see history' }).tap()
      expect(await listed(ben)).toEqual(['Bring a lamp and a coat', 'Bring a lamp'])
      await edit(api.ann, id, 'Bring a lamp, and a warm coat')
      const items = historyOf(ben).getByRole('listitem')
      await items.nth(2).waitFor()
      expect(await items.first().locator('ins').allInnerTexts()).toEqual([',', 'warm '])
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-edit-history')
    })

    it('a long history is read step by step, and closes when the message is deleted', async () => {
      const id = await written('draft 1', ...Array.from({ length: 44 }, (_, index) => `draft ${index + 2}`))
      await messageOf(ben, 'draft 45').getByRole('button', { name: 'Edited, see history' }).tap()
      const items = historyOf(ben).getByRole('listitem')
      await items.nth(19).waitFor()
      expect(await items.count()).toBe(20)
      const more = historyOf(ben).getByRole('button', { name: 'Show earlier versions' })
      await more.tap()
      await items.nth(39).waitFor()
      await more.tap()
      await items.nth(44).waitFor()
      expect(await more.count()).toBe(0)
      expect((await listed(ben)).at(-1)).toBe('draft 1')
      await remove(api.ann, group, id)
      await historyOf(ben).waitFor({ state: 'detached' })
    })
  })
})
