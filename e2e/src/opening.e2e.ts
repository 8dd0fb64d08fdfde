import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryOf } from '@parley/launcher/workspace'
import { eventually } from '@parley/testing/eventually'
import type { Page } from 'playwright-core'
import { desktop, Person, phone } from './browsers.ts'
import { password, queries, readBack, send, startGroup, textsOf } from './chat.ts'
import { stackTimeout } from './test-stack.ts'
import { TwoPeople } from './two-people.ts'

jest.setTimeout(stackTimeout)

const devices = [
  ['ann', 'desktop'],
  ['ben', 'phone'],
] as const

const list = ({ page }: Person) => page.locator('nav[aria-label="Conversations"]')
const listed = (person: Person, name: string) => list(person).getByRole('link', { name: new RegExp(`^${name}`) })
const title = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** The operations that a page asks the API for. */
function operationsOf(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/graphql') return
    asked.push((request.postDataJSON() as { operationName: string }).operationName)
  })
  return asked
}

/** All of the client is on the device, and the page uses it. */
const installed = ({ page }: Person): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
  })

/** What the device has of a table: of a user whose id nobody here knows, of whom there is only one. */
const keptIn = ({ page }: Person, table: string): Promise<readonly string[]> =>
  page.evaluate(async (name) => {
    const databases = await indexedDB.databases()
    const keys: string[] = []
    for (const { name: database = '' } of databases.filter((one) => one.name?.startsWith(`parley-${name}-`))) {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(database)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(`${database} cannot be opened`))
      })
      const [store] = [...opened.objectStoreNames]
      if (store === undefined) continue
      const found = await new Promise<IDBValidKey[]>((resolve, reject) => {
        const request = opened.transaction(store).objectStore(store).getAllKeys()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(`${database} cannot be read`))
      })
      opened.close()
      keys.push(...found.map(String))
    }
    return keys
  }, table)

/** The list is on the device as it is on the screen: it is written some time after a change. */
const kept = async (person: Person, conversationId: string): Promise<void> => {
  await eventually(async () => expect(await keptIn(person, 'list')).toEqual(['list']))
  await eventually(async () => expect(await keptIn(person, 'pages')).toContain(conversationId))
}

/** Ann, at a desktop, and Ben, on a phone, are in some groups. */
describe('opening', () => {
  let people: TwoPeople
  let garden: string
  let kitchen: string

  beforeAll(async () => {
    people = await TwoPeople.start()
    const { ann, ben } = people.api
    garden = await startGroup(ann, [ben], 'The garden')
    kitchen = await startGroup(ann, [ben], 'The kitchen')
    for (let number = 1; number <= 60; number += 1) await startGroup(ann, [ben], `Room ${number}`)
    for (let number = 1; number <= 30; number += 1) await send(ann, garden, `garden ${number}`)
    const { line } = await send(ann, garden, 'the last one')
    await ben.must(queries.markRead, { input: { conversationId: garden, line } })
  })
  afterAll(() => people.stop())

  /** The same browser, opened again with nothing but its cookies. */
  const forgetful = async (person: Person, device: 'desktop' | 'phone'): Promise<Person> => {
    const cookies = await person.page.context().cookies()
    const fresh = await Person.open(people.browser, device === 'phone' ? phone : desktop)
    await fresh.page.context().addCookies(cookies)
    return fresh
  }

  it.each(devices)('asks twice, and once when the device knows the list: %s on a %s', async (who, device) => {
    const person = await forgetful(people[who], device)
    const asked = operationsOf(person.page)
    await person.page.goto(`${people.url}/c/${garden}`)
    await person.sees('the last one')
    await person.write(`written at once on the ${device}`)
    await person.sees(`written at once on the ${device}`)
    // The list has the first ones by now.
    expect(await list(person).locator('a').count()).toBeGreaterThan(20)
    // The rest of the list comes when there is time, which a slow machine may have before something is written.
    const before = asked.slice(0, asked.indexOf('SendMessage'))
    expect(before.slice(0, 2)).toEqual(['Opening', 'OpenTimeline'])
    const later = ['Conversations', 'MarkRead', 'SetTyping']
    expect(before.slice(2).filter((name) => !later.includes(name))).toEqual([])
    await eventually(async () => expect(await list(person).locator('a').count()).toBeGreaterThanOrEqual(62))
    await kept(person, garden)

    await person.page.goto(people.url)
    asked.splice(0)
    await person.page.reload()
    await listed(person, 'The garden').waitFor()
    await eventually(async () => expect(asked).toEqual(['Viewer']))
    expect(await list(person).locator('a').count()).toBeGreaterThanOrEqual(62)
    expect(person.faults).toEqual([])
    await person.page.context().close()
  })

  it.each(devices)('needs no server: %s on a %s', async (who, device) => {
    const person = people[who]
    const { page } = person
    await page.goto(`${people.url}/c/${garden}`)
    await person.sees('the last one')
    await installed(person)
    await kept(person, garden)
    await people.withoutConnection(async () => {
      await page.reload()
      await person.sees('the last one')
      await title(person, 'The garden').waitFor()
      await page.getByText('Reconnecting…').waitFor()
      await person.write(`From the ${device}, without a server`)
      await person.sees(`From the ${device}, without a server`)
      await person.shot(`${device}-opened-offline`)
      await page.goto(people.url)
      await listed(person, 'The kitchen').waitFor()
      await listed(person, 'Room 60').waitFor({ state: 'attached' })
      // Never opened on this device.
      await page.goto(`${people.url}/c/${kitchen}`)
      await title(person, 'The kitchen').waitFor()
      await page.getByRole('status', { name: 'Loading messages' }).waitFor()
    })
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' })
    await eventually(async () =>
      expect(textsOf((await readBack(people.api.ann, garden)).events)).toContain(
        `From the ${device}, without a server`,
      ),
    )
    expect(person.faults).toEqual([])
  })

  it('goes on from what the device has, whatever has happened since', async () => {
    const { ann } = people
    const { page } = ann
    const attic = await startGroup(people.api.ben, [people.api.ann], 'The attic')
    await send(people.api.ben, attic, 'before')
    await page.goto(`${people.url}/c/${attic}`)
    await ann.sees('before')
    await kept(ann, attic)
    await page.goto('about:blank')
    await people.api.ben.must(queries.setTopic, { input: { conversationId: attic, topic: 'Under the roof' } })
    await send(people.api.ben, attic, 'after')
    const asked = operationsOf(page)
    await page.goto(`${people.url}/c/${attic}`)
    await ann.sees('after')
    await page.getByText('Under the roof ·').waitFor()
    expect(asked).not.toContain('Conversations')
    expect(ann.faults).toEqual([])
  })

  it('leaves nothing on the device of somebody who has signed out, and asks before what is unsent goes', async () => {
    const ann = await Person.open(people.browser, desktop)
    const { page } = ann
    await page.goto(`${people.url}/login`)
    await page.getByLabel('Username').fill('ann')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await listed(ann, 'The garden').waitFor()
    await page.goto(`${people.url}/c/${garden}`)
    await ann.sees('the last one')
    await kept(ann, garden)
    const signOut = async () => {
      await page.getByRole('button', { name: /^Your profile/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
    }
    const question = page.getByRole('dialog', { name: 'Sign out without sending?' })
    await people.withoutConnection(async () => {
      await ann.write('not sent')
      await eventually(async () => expect(await keptIn(ann, 'outbox')).toHaveLength(1))
      await signOut()
      await question.waitFor()
      expect(await ann.axe()).toEqual([])
      await ann.shot('desktop-sign-out-unsent')
      await question.getByRole('button', { name: 'Cancel' }).click()
      await ann.sees('not sent')
    })
    await eventually(async () => expect(await keptIn(ann, 'outbox')).toEqual([]))
    await signOut()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    for (const table of ['list', 'pages', 'outbox', 'changes'])
      await eventually(async () => expect(await keptIn(ann, table)).toEqual([]))
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.context().close()
  })

  it('takes the next release when the viewer says so, and at the next opening', async () => {
    const { ann } = people
    const { page } = ann
    const script = join(entryOf('web'), '../public/service-worker.js')
    const before = readFileSync(script)
    try {
      await page.goto(`${people.url}/c/${garden}`)
      await ann.sees('the last one')
      await installed(ann)
      appendFileSync(script, '\n// another release')
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
      const notice = page.getByText('A new version of Parley is ready.')
      await notice.waitFor()
      await ann.write('a draft stays')
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('half a sent')
      await ann.shot('desktop-new-release')
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()])
      await ann.sees('a draft stays')
      expect(await page.getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toBe('half a sent')
      expect(await notice.count()).toBe(0)
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('')

      appendFileSync(script, '\n// and another one')
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
      await notice.waitFor()
      await page.goto('about:blank')
      await page.goto(`${people.url}/c/${garden}`)
      await ann.sees('a draft stays')
      await eventually(async () =>
        expect(
          await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting ?? null),
        ).toBeNull(),
      )
      expect(await notice.count()).toBe(0)
      expect(ann.faults).toEqual([])
    } finally {
      writeFileSync(script, before)
    }
  })
})
