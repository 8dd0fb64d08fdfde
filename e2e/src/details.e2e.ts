import type { Client } from '@parley/testing/client'
import type { Locator } from 'playwright-core'
import { desktop, Person } from './browsers.ts'
import { password, send, signUpAll, startDirect, startGroup } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

/**
 * Ann, at a desktop, owns a group in each test; Ben is in it, on a phone, and Cleo, who has no browser. Otto is in none unless a test
 * says so.
 */
describe('the details of a conversation', () => {
  let people: TwoPeople
  let ann: Person
  let ben: Person
  let api: { readonly ann: Client; readonly ben: Client; readonly cleo: Client; readonly otto: Client }

  beforeAll(async () => {
    people = await TwoPeople.start()
    ;({ ann, ben } = people)
    const [cleo, otto] = (await signUpAll(people.url, ['cleo', 'otto'])) as [Client, Client]
    api = { ...people.api, cleo, otto }
  })
  afterAll(async () => {
    await Promise.all([api.cleo.close(), api.otto.close()])
    await people.stop()
  })
  afterEach(() => {
    expect([...ann.faults, ...ben.faults]).toEqual([])
  })

  const pane = ({ page }: Person): Locator => page.getByRole('complementary', { name: 'Details' })
  const title = ({ page }: Person, name: string): Locator => page.getByRole('heading', { level: 1, name })
  const row = ({ page }: Person, name: string): Locator =>
    page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: new RegExp(`^${name}`) })
  const member = (person: Person, name: string): Locator =>
    pane(person).getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name })
  const dialog = ({ page }: Person, name: string): Locator => page.getByRole('dialog', { name })

  /** A new group of this name, before both of them, and its id. */
  const openGroup = async (name: string, others: readonly Client[] = []): Promise<string> => {
    const group = await startGroup(api.ann, [api.ben, api.cleo, ...others], name)
    await send(api.cleo, group, `Welcome to ${name}`)
    for (const person of [ann, ben]) {
      await person.page.goto(`${people.url}/c/${group}`)
      await person.sees(`Welcome to ${name}`)
    }
    return group
  }
  /** The same with the details of it. */
  const openDetails = async (name: string, others: readonly Client[] = []): Promise<string> => {
    const group = await openGroup(name, others)
    for (const person of [ann, ben]) {
      await title(person, name).getByRole('button').click()
      await pane(person).waitFor()
    }
    return group
  }

  it('opens by the title and by its button, and closes by Escape and by Back', async () => {
    const { page } = ann
    await openGroup('Neighbours')
    await title(ann, 'Neighbours').getByRole('button').click()
    await pane(ann).getByRole('heading', { name: 'Neighbours' }).waitFor()
    expect(page.url()).toContain('details')
    await member(ann, 'Ann Arbor').getByText('You', { exact: true }).waitFor()
    await member(ann, 'Ann Arbor').getByText('Owner').waitFor()
    await member(ann, 'Ben Bold').getByText('online').waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-details')
    await page.keyboard.press('Escape')
    await pane(ann).waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('details')
    // The focus is where it was.
    await title(ann, 'Neighbours').getByRole('button', { expanded: false }).and(page.locator(':focus')).waitFor()
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await pane(ann).waitFor()
    await page.goBack()
    await pane(ann).waitFor({ state: 'detached' })
    await ann.sees('Welcome to Neighbours')
  })

  it('on a phone it fills the screen, and a button leads back', async () => {
    await openGroup('Neighbours')
    await title(ben, 'Neighbours').getByRole('button').tap()
    await member(ben, 'Cleo').waitFor()
    const box = await pane(ben).boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-details')
    await pane(ben).getByRole('button', { name: 'Back to the conversation' }).tap()
    await pane(ben).waitFor({ state: 'detached' })
    await ben.sees('Welcome to Neighbours')
  })

  it('a name and a topic that one member gives are there for the others without a reload', async () => {
    await openDetails('Summer fair')
    await pane(ann).getByRole('button', { name: 'Change the group name' }).click()
    const name = pane(ann).getByRole('textbox', { name: 'Group name' })
    await name.fill('   ')
    await pane(ann).getByRole('button', { name: 'Save', disabled: true }).waitFor()
    await name.fill('Street party')
    await ann.page.keyboard.press('Enter')
    await title(ann, 'Street party').waitFor()
    await pane(ben).getByRole('heading', { name: 'Street party' }).waitFor()

    await pane(ben).getByRole('button', { name: 'Set a topic' }).tap()
    await pane(ben).getByRole('textbox', { name: 'Topic' }).fill('On Saturday, from three')
    await ben.shot('phone-details-topic')
    await pane(ben).getByRole('button', { name: 'Save' }).tap()
    await pane(ann).getByText('On Saturday, from three', { exact: true }).waitFor()
    await pane(ann).getByRole('button', { name: 'Change the topic' }).click()
    await pane(ann).getByRole('textbox', { name: 'Topic' }).fill('')
    await ann.page.keyboard.press('Enter')
    await pane(ann).getByRole('button', { name: 'Set a topic' }).waitFor()
    await pane(ben).getByRole('button', { name: 'Set a topic' }).waitFor()
  })

  const mute =
    'mutation ($input: MuteConversationInput!) { muteConversation(input: $input) { conversation { mute { isMuted until } } errors { code ... on InvalidField { field } } } }'
  const counts = 'query ($id: ID!) { conversation(id: $id) { unreadCount mentionCount mute { isMuted } } }'

  it('I10: a mute of a time that is over or far ahead, or of a conversation of others, gets a typed error', async () => {
    const group = await startGroup(api.ann, [api.cleo], 'Muted by nobody')
    const muted = async (client: Client, until: Date | null) =>
      (await client.gql(mute, { input: { conversationId: group, until: until?.toISOString() ?? null } })).data
    const refused = (error: object) => ({ muteConversation: { conversation: null, errors: [error] } })
    const invalid = refused({ code: 'INVALID_FIELD', field: 'until' })
    expect(await muted(api.cleo, new Date(0))).toEqual(invalid)
    expect(await muted(api.cleo, new Date(Date.now() + 400 * 86_400_000))).toEqual(invalid)
    const { data, errors } = await api.otto.gql(mute, { input: { conversationId: group, until: null } })
    expect([data, errors?.[0]?.extensions?.code]).toEqual([{ muteConversation: null }, 'NOT_FOUND'])
  })

  it('a muted conversation counts nothing in the title, on any device, but is read, and calls by name', async () => {
    const second = await Person.open(people.browser, desktop)
    await second.page.goto(`${people.url}/login`)
    await second.page.getByLabel('Username').fill('ann')
    await second.page.getByLabel('Password').fill(password)
    await second.page.getByRole('button', { name: 'Sign in' }).click()
    const group = await openDetails('Choir')
    await row(second, 'Choir').waitFor()
    // Nothing else counts before, nor after.
    await second.page.waitForFunction('document.title === "Parley"')

    await pane(ann).getByRole('button', { name: 'Mute', exact: true }).click()
    const choices = dialog(ann, 'Mute this conversation')
    await choices.getByRole('button', { name: 'For 8 hours' }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-mute')
    await choices.getByRole('button', { name: 'For 8 hours' }).click()
    // It offers the same as the pane until it is gone.
    await choices.waitFor({ state: 'detached' })
    await pane(ann).getByRole('button', { name: 'Unmute' }).waitFor()
    await title(ann, 'Choir').getByRole('img', { name: 'Muted' }).waitFor()
    await row(second, 'Choir').getByRole('img', { name: 'Muted' }).waitFor()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-details-muted')

    // Nobody reads it now.
    await ann.page.goto(`${people.url}/bookmarks`)
    await send(api.cleo, group, 'Who brings chairs?')
    await send(api.cleo, group, '@all, please answer')
    await row(second, 'Choir').getByText('@all, please answer').waitFor()
    await row(ann, 'Choir').getByText('@all, please answer').waitFor()
    expect(await api.ann.must(counts, { id: group })).toEqual({
      conversation: { unreadCount: 2, mentionCount: 0, mute: { isMuted: true } },
    })
    for (const { page } of [ann, second]) {
      expect(await page.title()).toBe('Parley')
      expect(await page.getByRole('link', { name: /unread message/ }).count()).toBe(0)
    }
    await second.shot('desktop-muted-list')
    await send(api.cleo, group, `<@${api.ann.userId}>, you too`)
    await row(second, 'Choir').getByText('1 mention of you').waitFor()
    await second.page.waitForFunction('document.title.startsWith("(1)")')

    await ann.page.goto(`${people.url}/c/${group}?details`)
    await pane(ann).getByRole('button', { name: 'Unmute' }).click()
    await pane(ann).getByRole('button', { name: 'Mute', exact: true }).waitFor()
    await pane(ann).locator('button:focus').filter({ hasText: 'Mute' }).waitFor()
    await row(second, 'Choir').getByRole('img', { name: 'Muted' }).waitFor({ state: 'detached' })
    expect(second.faults).toEqual([])
    await second.page.context().close()
  })

  it('a mute ends by its time, without a reload', async () => {
    const group = await openDetails('Chess club')
    await api.ben.must(mute, { input: { conversationId: group } })
    const sign = title(ben, 'Chess club').getByRole('img', { name: 'Muted' })
    await pane(ben).getByRole('button', { name: 'Unmute' }).waitFor()
    await ben.shot('phone-details-muted')
    const until = new Date(Date.now() + 2_000).toISOString()
    await api.ben.must(mute, { input: { conversationId: group, until } })
    await pane(ben).getByRole('button', { name: 'Mute', exact: true }).waitFor()
    await sign.waitFor({ state: 'detached' })
    expect(await api.ben.must(counts, { id: group })).toMatchObject({ conversation: { mute: { isMuted: false } } })
  })

  it('people are found and added, and those who are in it cannot be chosen again', async () => {
    await openDetails('Book club')
    await pane(ben).getByRole('button', { name: 'Add people' }).tap()
    const finder = dialog(ben, 'Add people')
    const field = finder.getByRole('combobox', { name: 'Find people' })
    await field.fill('cleo')
    await finder.getByRole('option', { name: /cleo.*In the group/ }).waitFor()
    await ben.page.keyboard.press('Enter')
    await finder.getByRole('button', { name: 'Add', disabled: true }).waitFor()
    await field.fill('otto')
    await finder.getByRole('option', { name: /otto/ }).tap()
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-add-people')
    await finder.getByRole('button', { name: 'Add', exact: true }).tap()
    await finder.waitFor({ state: 'detached' })
    await member(ben, 'otto').waitFor()
    await member(ann, 'otto').waitFor()
  })

  it('only the owner removes members, after a question', async () => {
    await openDetails('Rowing', [api.otto])
    await member(ben, 'otto').waitFor()
    expect(
      await pane(ben)
        .getByRole('button', { name: /^Remove/ })
        .count(),
    ).toBe(0)
    await member(ann, 'otto').hover()
    await ann.shot('desktop-details-owner')
    await pane(ann).getByRole('button', { name: 'Remove otto' }).click()
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-remove-member')
    await dialog(ann, 'Remove otto?').getByRole('button', { name: 'Remove', exact: true }).click()
    await member(ann, 'otto').waitFor({ state: 'detached' })
    await member(ben, 'otto').waitFor({ state: 'detached' })
  })

  it('a removed member is told so in the open conversation, and it leaves the list', async () => {
    await openDetails('Running')
    await member(ann, 'Ben Bold').hover()
    await pane(ann).getByRole('button', { name: 'Remove Ben Bold' }).click()
    await dialog(ann, 'Remove Ben Bold?').getByRole('button', { name: 'Remove', exact: true }).click()
    await ben.page.getByRole('heading', { name: 'You are not in this conversation any more' }).waitFor()
    await pane(ben).waitFor({ state: 'detached' })
    expect(await ben.axe()).toEqual([])
    await ben.shot('phone-removed')
    await ben.page.getByRole('link', { name: 'Go to your conversations' }).tap()
    await ben.page.getByRole('navigation', { name: 'Conversations' }).waitFor()
    expect(await row(ben, 'Running').count()).toBe(0)
  })

  it('one leaves after a question, which says who inherits the group', async () => {
    const group = await startGroup(api.ann, [api.cleo], 'Garden club')
    await ann.page.goto(`${people.url}/c/${group}?details`)
    await pane(ann).getByRole('button', { name: 'Leave the group' }).click()
    const question = dialog(ann, 'Leave “Garden club”?')
    await question.getByText(/cleo becomes the owner/).waitFor()
    await ann.shot('desktop-leave')
    await question.getByRole('button', { name: 'Leave', exact: true }).click()
    await ann.page.waitForURL(`${people.url}/`)
    await row(ann, 'Garden club').waitFor({ state: 'detached' })
    const members = 'query ($id: ID!) { conversation(id: $id) { members { userId role } } }'
    expect(await api.cleo.must(members, { id: group })).toEqual({
      conversation: { members: [{ userId: api.cleo.userId, role: 'OWNER' }] },
    })
  })

  it('of a direct conversation it shows the other person', async () => {
    await api.otto.must('mutation ($input: SetStatusInput!) { setStatus(input: $input) { errors { code } } }', {
      input: { emoji: '🏖️', text: 'At the sea until Monday' },
    })
    const direct = await startDirect(api.ann, api.otto)
    await send(api.otto, direct, 'Hello, Ann')
    await ann.page.goto(`${people.url}/c/${direct}?details`)
    const profile = pane(ann).getByRole('region', { name: 'Profile' })
    await profile.getByText('@otto').waitFor()
    await profile.getByText('At the sea until Monday').waitFor()
    expect(await pane(ann).getByRole('button', { name: 'Leave the group' }).count()).toBe(0)
    expect(await ann.axe()).toEqual([])
    await ann.shot('desktop-details-direct')
    await pane(ann).getByRole('button', { name: 'Close the details' }).click()
    await pane(ann).waitFor({ state: 'detached' })
  })
})
