import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Locator } from 'playwright-core'
import type { Person } from './browsers.ts'
import { markRead, queries, send, startGroup, type TimelineEventView } from './chat.ts'

const threadReading = `query ($conversationId: ID!, $rootId: ID!) {
  thread(conversationId: $conversationId, rootId: $rootId, last: 1) { readLine unreadCount } }`

interface ThreadReading {
  readonly readLine: number
  readonly unreadCount: number
}

/** A group in which one person writes what others have to read. Its messages are called by its title and a number. */
export class UnreadGroup {
  readonly sent: TimelineEventView[] = []

  private constructor(
    readonly id: string,
    readonly title: string,
    private readonly writer: Client,
  ) {}

  /** The readers have read so many messages, and so many more are unread. */
  static async of(
    title: string,
    writer: Client,
    readers: readonly Client[],
    [read, unread]: readonly [number, number],
  ) {
    const group = new UnreadGroup(await startGroup(writer, readers, title), title, writer)
    await group.write(read)
    for (const reader of readers) await markRead(reader, group.id)
    await group.write(unread)
    return group
  }

  async write(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1)
      this.sent.push(await send(this.writer, this.id, this.text(this.sent.length + 1)))
  }

  readonly text = (number: number): string => `${this.title} ${number}`

  /** How much somebody has to read, and the number of the last message that they have read. */
  async readBy(reader: Client): Promise<{ readonly unread: number; readonly read: number }> {
    const { conversation } = await reader.must<{ conversation: { unreadCount: number; readLine: number } }>(
      queries.unread,
      { id: this.id },
    )
    // The start of the group is its first line.
    return { unread: conversation.unreadCount, read: conversation.readLine - 1 }
  }

  async reply(writer: Client, rootId: string, text: string): Promise<void> {
    const input = { conversationId: this.id, clientId: randomUUID(), text, threadId: rootId }
    await writer.must(queries.send, { input })
  }

  /** How far somebody has read a thread. */
  async threadReadBy(reader: Client, rootId: string): Promise<ThreadReading> {
    const variables = { conversationId: this.id, rootId }
    return (await reader.must<{ thread: ThreadReading }>(threadReading, variables)).thread
  }

  /** The numbers of the messages that are wholly on the screen. */
  onScreen(person: Person): Promise<readonly number[]> {
    return log(person).evaluate((list, title) => {
      const { top, bottom } = list.getBoundingClientRect()
      return [...list.querySelectorAll('article')].flatMap((row) => {
        const box = row.getBoundingClientRect()
        const number = new RegExp(`${title} (\\d+)`).exec(row.textContent)?.[1]
        return number !== undefined && box.top >= top && box.bottom <= bottom ? [Number(number)] : []
      })
    }, this.title)
  }
}

export const log = ({ page }: Person): Locator => page.getByRole('log', { name: 'Messages', exact: true })
export const shown = (person: Person, text: string): Locator => log(person).getByText(text, { exact: true })
export const divider = ({ page }: Person): Locator => page.getByRole('separator', { name: 'New messages' })
export const bar = ({ page }: Person): Locator => page.getByRole('group', { name: 'Unread messages' })

const link = ({ page }: Person, name: RegExp): Locator =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name })

/** A conversation in the list with so many unread messages, of which it shows no more than two digits. */
export function listed(person: Person, title: string, unread: number): Locator {
  const count = unread > 99 ? '99\\+' : `\\b${unread}`
  return link(person, new RegExp(unread === 0 ? `^${title}(?!.*unread)` : `^${title}.*${count} unread`, 's'))
}

export const open = (person: Person, title: string): Promise<void> => link(person, new RegExp(`^${title}`)).click()

/** The title of the window counts all unread messages. */
export async function titleCounts({ page }: Person, unread: number): Promise<void> {
  await page.waitForFunction((count) => document.title.startsWith(`(${count}) `), unread, { timeout: 2_000 })
}

export const topOf = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.y ?? NaN

/**
 * Notes in each frame where a text of the list is while it is to be seen. Returns how to read the heights: one that stays
 * where it is has one.
 */
export async function watchTop({ page }: Person, text: string): Promise<() => Promise<readonly number[]>> {
  await page.evaluate((wanted) => {
    const tops = new Set<number>()
    const watch = () => {
      const rows = [...document.querySelectorAll('[role="log"] article')]
      const row = rows.find((one) => one.textContent.endsWith(wanted))
      if (row !== undefined && getComputedStyle(row).visibility === 'visible')
        tops.add(Math.round(row.getBoundingClientRect().top))
      requestAnimationFrame(watch)
    }
    Object.assign(window, { watchedTops: tops })
    watch()
  }, text)
  return () => page.evaluate(() => [...(window as unknown as { watchedTops: Set<number> }).watchedTops])
}

/** Frames of the page, in which it may do what it is about to. */
export const frames = ({ page }: Person, count: number): Promise<void> =>
  page.evaluate(async (left) => {
    for (let frame = 0; frame < left; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  }, count)

async function isInside(person: Person, locator: Locator): Promise<boolean> {
  if ((await locator.count()) !== 1) return false
  const [inside, around] = [await locator.boundingBox(), await log(person).boundingBox()]
  if (inside === null || around === null) return false
  return inside.y >= around.y && inside.y + inside.height <= around.y + around.height + 1
}

/** The whole of it is to be seen in the list. */
export async function expectInside(person: Person, locator: Locator): Promise<void> {
  await locator.waitFor()
  await eventually(async () => expect(await isInside(person, locator)).toBe(true))
}

/** Scrolls as a wheel does, in these steps, until it is to be seen. */
export async function scrollTo(person: Person, locator: Locator, by: number): Promise<void> {
  await log(person).hover()
  const turn = async () => {
    if (await isInside(person, locator)) return
    await person.page.mouse.wheel(0, by)
    await frames(person, 2)
    throw new Error('It is not to be seen yet')
  }
  await eventually(turn, { timeout: 60_000, interval: 1 })
}
