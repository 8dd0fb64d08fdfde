import { randomUUID } from 'node:crypto'
import { type Client, userErrorsOf } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { edit, queries, remove, readUpTo, send, signUp, startGroup, type TimelineEventView } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const errors = 'errors { code message ... on InvalidField { field } }'
const set = (verb: 'pin' | 'unpin') =>
  `mutation ($input: PinInput!) { set: ${verb}Message(input: $input) { event { seq line pinnedCount } message { pinnedById } ${errors} } }`
const pinned = 'query ($id: ID!) { conversation(id: $id) { pinnedCount pinnedMessages { id text } } }'
const mark = (verb: 'add' | 'remove') =>
  `mutation ($input: BookmarkInput!) { set: ${verb}Bookmark(input: $input) { messageId ${errors} } }`
const bookmarks =
  'query ($first: Int, $after: String) { bookmarks(first: $first, after: $after) { edges { cursor node { messageId } } pageInfo { hasNextPage } } }'

interface SetAnswer {
  readonly set: {
    readonly event?: { readonly seq: number; readonly line: number | null; readonly pinnedCount: number } | null
    readonly errors: readonly { readonly code: string; readonly message: string }[]
  } | null
}
interface PinnedAnswer {
  readonly conversation: {
    readonly pinnedCount: number
    readonly pinnedMessages: readonly { readonly id: string; readonly text: string }[]
  } | null
}
interface BookmarksAnswer {
  readonly bookmarks: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly messageId: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean }
  }
}

/** Ann, at a desktop, and Ben, on a phone, are in a group. Otto is not in it. */
describe('pins and bookmarks', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let api: { readonly ann: Client; readonly ben: Client; readonly otto: Client }
  let group: string
  let sent: readonly TimelineEventView[]
  const idOf = (number: number): string => sent[number - 1]?.message?.id ?? ''

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    api = { ...people.api, otto: await signUp(people.url, 'otto', 'Otto Outer') }
    group = await startGroup(api.ann, [api.ben], 'Neighbours')
    const all: TimelineEventView[] = []
    for (let number = 1; number <= 102; number += 1) all.push(await send(api.ann, group, `message ${number}`))
    sent = all
  })
  afterAll(async () => {
    await api.otto.close()
    await people.stop()
  })

  /** The code of a refusal, or undefined. */
  const codeOf = async (client: Client, query: string, input: object) => {
    const answer = await client.gql<SetAnswer>(query, { input })
    return answer.data?.set ? userErrorsOf(answer.data.set)[0]?.code : answer.errors?.[0]?.extensions?.code
  }
  const pin = (client: Client, messageId: string, verb: 'pin' | 'unpin' = 'pin', conversationId = group) =>
    codeOf(client, set(verb), { conversationId, messageId, clientId: randomUUID() })
  const pins = async (client: Client) => (await client.gql<PinnedAnswer>(pinned, { id: group })).data?.conversation
  const bookmark = (client: Client, messageId: string, verb: 'add' | 'remove' = 'add') =>
    codeOf(client, mark(verb), { messageId })
  const bookmarked = async (client: Client) =>
    (await client.must<BookmarksAnswer>(bookmarks)).bookmarks.edges.map(({ node }) => node.messageId)

  describe('in the API', () => {
    it('a pin is set by one member and taken away by another, and both once', async () => {
      const input = { conversationId: group, messageId: idOf(1), clientId: randomUUID() }
      const { set: made } = await api.ben.must<SetAnswer>(set('pin'), { input })
      expect(made?.event).toMatchObject({ line: null, pinnedCount: 1 })
      expect((await api.ben.must<SetAnswer>(set('pin'), { input })).set?.event?.seq).toBe(made?.event?.seq)
      const again = { ...input, clientId: randomUUID() }
      expect((await api.ann.must<SetAnswer>(set('pin'), { input: again })).set).toMatchObject({
        event: null,
        errors: [],
      })
      expect((await pins(api.ann))?.pinnedMessages).toMatchObject([{ text: 'message 1' }])
      expect(await pin(api.ann, idOf(1), 'unpin')).toBeUndefined()
      expect((await pins(api.ben))?.pinnedMessages).toEqual([])
    })

    it('no more than 100 are pinned, however many pin at once, until one is unpinned or deleted', async () => {
      const codes = await Promise.all(
        sent.slice(0, 101).map((_, index) => pin(index % 2 === 0 ? api.ann : api.ben, idOf(index + 1))),
      )
      expect(codes.filter((code) => code !== undefined)).toEqual(['TOO_MANY_PINS'])
      expect((await pins(api.ann))?.pinnedMessages).toHaveLength(100)
      const [left, first] = [codes.findIndex((code) => code !== undefined) + 1, codes[0] === undefined ? 1 : 2]
      expect(await pin(api.ann, idOf(102))).toBe('TOO_MANY_PINS')
      expect((await remove(api.ann, group, idOf(first))).errors).toEqual([])
      expect(await pin(api.ben, idOf(left))).toBeUndefined()
      expect(await pin(api.ben, idOf(first))).toBe('MESSAGE_DELETED')
      const now = await pins(api.ben)
      expect(now?.pinnedMessages.map(({ id }) => id)).not.toContain(idOf(first))
      expect(now).toMatchObject({ pinnedCount: 100, pinnedMessages: { 0: { id: idOf(left) } } })
      await Promise.all(now?.pinnedMessages.map(({ id }) => pin(api.ann, id, 'unpin')) ?? [])
      expect(await pins(api.ann)).toEqual({ pinnedCount: 0, pinnedMessages: [] })
    })

    it('others pin nothing, and nothing of another conversation by its id', async () => {
      const other = await startGroup(api.ann, [api.ben], 'Elsewhere')
      expect(await pin(api.otto, idOf(5))).toBe('NOT_FOUND')
      expect(await pin(api.ann, idOf(5), 'pin', other)).toBe('NOT_FOUND')
      expect(await pin(api.ann, randomUUID())).toBe('NOT_FOUND')
      expect(await pin(api.ann, 'nonsense')).toBe('INVALID_INPUT')
      expect(await pins(api.otto)).toBeFalsy()
      expect(await pins(api.ann)).toMatchObject({ pinnedCount: 0 })
    })

    it('a bookmark is its owner’s alone, gone with its message, and not seen after leaving', async () => {
      const other = await startGroup(api.ann, [api.ben], 'For a while')
      const away = (await send(api.ann, other, 'not for ever')).message?.id ?? ''
      for (const id of [idOf(10), idOf(11), away, away]) expect(await bookmark(api.ben, id)).toBeUndefined()
      expect(await bookmarked(api.ben)).toEqual([away, idOf(11), idOf(10)])
      expect([await bookmarked(api.ann), await bookmarked(api.otto)]).toEqual([[], []])
      expect(await bookmark(api.otto, idOf(10))).toBe('NOT_FOUND')
      const { bookmarks: page } = await api.ben.must<BookmarksAnswer>(bookmarks, { first: 1 })
      const { bookmarks: next } = await api.ben.must<BookmarksAnswer>(bookmarks, { after: page.edges[0]?.cursor })
      expect([page.pageInfo.hasNextPage, next.edges.map(({ node }) => node.messageId)]).toEqual([
        true,
        [idOf(11), idOf(10)],
      ])
      expect((await api.ben.gql(bookmarks, { after: 'nonsense' })).errors?.[0]?.extensions?.code).toBe('INVALID_INPUT')
      await remove(api.ann, group, idOf(11))
      expect(await bookmark(api.ben, idOf(11))).toBe('MESSAGE_DELETED')
      await api.ben.must(queries.leave, { input: { conversationId: other } })
      await eventually(async () => !(await bookmarked(api.ben)).includes(away))
      expect(await bookmarked(api.ben)).toEqual([idOf(10)])
      expect(await bookmark(api.ben, idOf(10), 'remove')).toBeUndefined()
      expect(await bookmark(api.ben, idOf(10), 'remove')).toBeUndefined()
    })
  })

  describe('in two browsers', () => {
    const messageOf = (person: Person, text: string): Locator =>
      person.page.getByRole('article').filter({ has: person.page.getByText(text, { exact: true }) })

    beforeAll(async () => {
      const last = sent.at(-1)
      if (last !== undefined) await readUpTo(api.ben, group, last)
    })

    it('Ann pins by the menu of the bar, and Ben sees it at once', async () => {
      await ann.page.getByRole('link', { name: /Neighbours/ }).click()
      await ben.page.getByRole('link', { name: /Neighbours/ }).tap()
      await ben.sees('message 102')
      const message = messageOf(ann, 'message 100')
      await message.waitFor()
      await ann.page.mouse.move(600, 300)
      await message.hover()
      await message.getByRole('button', { name: 'More actions' }).click()
      const menu = ann.page.getByRole('menu', { name: 'More actions' })
      await menu.waitFor()
      expect(await message.getByRole('toolbar').getByRole('button').count()).toBeLessThanOrEqual(5)
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-message-menu')
      await menu.getByRole('menuitem', { name: 'Pin message' }).click()
      await message.getByText('Pinned by you').waitFor()
      await messageOf(ben, 'message 100').getByText('Pinned by Ann Arbor').waitFor()
      await ben.page.getByRole('button', { name: 'Pinned messages, 1' }).waitFor()
      expect(await ben.axe()).toEqual([])
      await ann.shot('desktop-pinned')
    })

    it('the list leads to a message far away, and Ben unpins what Ann has pinned', async () => {
      await pin(api.ann, idOf(3))
      await ben.page.getByRole('button', { name: 'Pinned messages, 2' }).tap()
      const list = ben.page.getByRole('dialog', { name: 'Pinned messages' })
      await list.getByRole('listitem').nth(1).waitFor()
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-pinned-list')
      await list.getByRole('button', { name: /message 3/ }).tap()
      await ben.sees('message 3')
      await ann.page.getByRole('button', { name: 'Pinned messages, 2' }).click()
      const annsList = ann.page.getByRole('dialog', { name: 'Pinned messages' })
      await annsList.getByRole('listitem').nth(1).waitFor()
      await ann.shot('desktop-pinned-list')
      await ben.longPress(messageOf(ben, 'message 3').getByText('message 3', { exact: true }))
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Unpin message' }).tap()
      await annsList.getByRole('listitem').nth(1).waitFor({ state: 'detached' })
      await ann.page.keyboard.press('Escape')
      await ann.page.getByRole('button', { name: 'Pinned messages, 1' }).waitFor()
    })

    it('Ann bookmarks by a key, and finds the message again from another conversation', async () => {
      const message = messageOf(ann, 'message 99')
      await message.focus()
      await ann.page.keyboard.press('b')
      await message.getByText('Bookmarked').waitFor()
      expect(await messageOf(ben, 'message 99').getByText('Bookmarked').count()).toBe(0)
      await ann.page.getByRole('link', { name: 'Bookmarks' }).click()
      const item = ann.page.getByRole('list', { name: 'Bookmarks' }).getByRole('listitem')
      await item.getByText('message 99').waitFor()
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-bookmarks')
      await item.getByRole('link').click()
      await ann.sees('message 99')
      await messageOf(ann, 'message 99').getByText('Bookmarked').waitFor()
    })

    it('Ben does both by the sheet of a message, and takes both back', async () => {
      await ben.page.goto(`${people.url}/c/${group}`)
      const message = messageOf(ben, 'message 96')
      const choose = async (action: string) => {
        await ben.longPress(message.getByText('message 96', { exact: true }))
        await ben.page.getByRole('dialog').getByRole('button', { name: action, exact: true }).tap()
      }
      await choose('Bookmark')
      await message.getByText('Bookmarked').waitFor()
      await choose('Pin message')
      await message.getByText('Pinned by you').waitFor()
      await ann.page.getByRole('button', { name: 'Pinned messages, 2' }).waitFor()
      await eventually(async () => expect(await bookmarked(api.ben)).toEqual([idOf(96)]))
      await choose('Remove bookmark')
      await message.getByText('Bookmarked').waitFor({ state: 'detached' })
      await choose('Unpin message')
      await ann.page.getByRole('button', { name: 'Pinned messages, 1' }).waitFor()
      await eventually(async () => expect(await bookmarked(api.ben)).toEqual([]))
    })

    it('what one device bookmarks, another shows, and it is removed in the list', async () => {
      await ben.page.getByRole('link', { name: 'Back to conversations' }).tap()
      await ben.page.getByRole('link', { name: 'Bookmarks' }).tap()
      await ben.page.getByText('No bookmarks yet').waitFor()
      await bookmark(api.ben, idOf(98))
      const item = ben.page.getByRole('list', { name: 'Bookmarks' }).getByRole('listitem')
      await item.getByText('message 98').waitFor()
      expect(await ben.axe()).toEqual([])
      await ben.shot('phone-bookmarks')
      // What becomes of its message is shown as well.
      await edit(api.ann, idOf(98), 'message 98, put better')
      await item.getByText('message 98, put better').waitFor()
      await bookmark(api.ben, idOf(97))
      await item.getByText('message 97').waitFor()
      await remove(api.ann, group, idOf(97))
      await item.getByText('message 97').waitFor({ state: 'detached' })
      await item.getByRole('button', { name: /Remove the bookmark/ }).tap()
      await ben.page.getByText('No bookmarks yet').waitFor()
      expect(await bookmarked(api.ben)).toEqual([])
      expect([ann.faults, ben.faults]).toEqual([[], []])
    })
  })
})
