import { setTimeout as pause } from 'node:timers/promises'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { follow, headOf, markRead, queries, send, signUpAll, startGroup, upTo } from '../chat.ts'
import type { HistoryAnswer } from '../chat.ts'
import { testStack } from '../test-stack.ts'
import { webOperation } from '../web-operations.ts'
import { figuresOf } from './process-figures.ts'
import type { Figures } from './process-figures.ts'
import { table } from './scenario.ts'
import type { Run, Scenario } from './scenario.ts'

const peopleCount = 16
/** Each user does something about twice a second. */
const betweenMs = 500
const warmUpMs = 60_000
const renewEveryMs = 240_000
/** Heap growth below this is not counted as a leak. */
const allowedGrowth = 1.5
const allowedMebibytes = 64

export const soak: Scenario = {
  name: 'soak',
  promise: 'In 15 minutes of mixed load no process ends, nothing fails and no memory grows by more than a half.',
  async run(run) {
    const stack = await testStack({ web: true, onProgress: run.say, signal: run.signal })
    try {
      return await live(stack, run)
    } finally {
      await stack.stop()
    }
  },
}

interface Tally {
  readonly done: Map<string, number>
  readonly failed: Map<string, number>
}

async function live(stack: Stack, run: Run): Promise<readonly string[]> {
  const [url = ''] = stack.urls
  const people = await signUpAll(
    url,
    upTo(peopleCount).map((index) => `soaker${index}`),
  )
  const [owner, ...others] = people
  if (owner === undefined) throw new Error('No user has been signed up')
  const rooms = await Promise.all(upTo(4).map((index) => startGroup(owner, others, `Room ${index}`)))
  const tally: Tally = { done: new Map(), failed: new Map() }
  const until = performance.now() + warmUpMs + (run.minutes ?? 15) * 60_000
  const living = Promise.all(people.map((person) => liveOne(person, rooms, tally, until, run.signal)))
  await pause(warmUpMs, undefined, { signal: run.signal })
  const start = figuresOf(stack)
  const started = performance.now()
  await living
  const minutes = (performance.now() - started) / 60_000
  const end = figuresOf(stack)
  run.say(`\n${report(start, end, minutes)}`)
  run.say(`\nDone: ${shown(tally.done)}. Failed: ${shown(tally.failed)}.`)
  return [...faultsOf(start, end), ...[...tally.failed].map(([what, times]) => `${times} × ${what}`)]
}

const shown = (counts: ReadonlyMap<string, number>): string =>
  counts.size === 0 ? 'nothing' : [...counts].map(([what, times]) => `${times} ${what}`).join(', ')

/** One user with one tab: repeated random actions, and a session that is refreshed before it expires. */
async function liveOne(
  person: Client,
  rooms: readonly string[],
  { done, failed }: Tally,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  let renewed = performance.now()
  while (performance.now() < until && !signal.aborted) {
    const room = pick(rooms)
    const deed = pick(deeds)
    try {
      if (performance.now() - renewed > renewEveryMs) {
        await person.must(webOperation('RefreshSession').text)
        renewed = performance.now()
      }
      await deed.act(person, room)
      count(done, deed.name)
    } catch (error) {
      count(failed, `${deed.name}: ${error instanceof Error ? error.message.slice(0, 160) : String(error)}`)
    }
    await pause(betweenMs * (0.5 + Math.random()))
  }
  await person.close()
}

interface Deed {
  readonly name: string
  readonly act: (person: Client, room: string) => Promise<unknown>
}

const read: Deed = {
  name: 'read',
  act: (person, id) => person.must(queries.history, { id, before: null, last: 50 }),
}

/** Sending and reading appear twice, because users do them most. */
const deeds: readonly Deed[] = [
  { name: 'sent', act: (person, room) => send(person, room, `At ${new Date().toISOString()}`) },
  { name: 'sent', act: (person, room) => send(person, room, 'And again') },
  read,
  read,
  { name: 'paged', act: (person, room) => pageBack(person, room) },
  { name: 'listed', act: (person) => person.must(webOperation('Conversations').text, { first: 20, after: null }) },
  { name: 'marked read', act: (person, room) => markRead(person, room) },
  { name: 'followed and left', act: (person, room) => followAndLeave(person, room) },
]

async function pageBack(person: Client, id: string): Promise<void> {
  let before: number | null = null
  for (let pages = 0; pages < 3; pages += 1) {
    const data: HistoryAnswer = await person.must<HistoryAnswer>(queries.history, { id, before, last: 50 })
    const { events, hasEarlier } = data.conversation.history
    if (!hasEarlier) return
    before = events[0]?.line ?? null
  }
}

/** Opens a tab, follows, reads what is there, and closes it. */
async function followAndLeave(person: Client, room: string): Promise<void> {
  const tab = person.anotherTab()
  try {
    const stream = follow(tab, room, Math.max(0, (await headOf(person, room)) - 20))
    await stream.next()
    await pause(2_000)
    stream.close()
  } finally {
    await tab.close()
  }
}

function pick<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new Error('Nothing to pick from')
  return item
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

function report(start: readonly Figures[], end: readonly Figures[], minutes: number): string {
  const rows = end.map(({ label, mebibytes, cpuSeconds }) => {
    const before = start.find((one) => one.label === label)
    const cpu = (cpuSeconds - (before?.cpuSeconds ?? 0)) / (minutes * 60)
    const grown = mebibytes - (before?.mebibytes ?? 0)
    return [
      label,
      (before?.mebibytes ?? 0).toFixed(0),
      mebibytes.toFixed(0),
      grown.toFixed(0),
      `${(cpu * 100).toFixed(1)} %`,
    ]
  })
  return table(['process', 'MiB at start', `MiB after ${minutes.toFixed(0)} min`, 'grown', 'of a core'], rows)
}

function faultsOf(start: readonly Figures[], end: readonly Figures[]): readonly string[] {
  return start.flatMap(({ label, pids, mebibytes }) => {
    const now = end.find((one) => one.label === label)
    if (now === undefined || now.pids.join() !== pids.join()) return [`${label} has ended`]
    const isLeak = now.mebibytes > mebibytes * allowedGrowth && now.mebibytes - mebibytes > allowedMebibytes
    return isLeak ? [`${label} grew from ${mebibytes.toFixed(0)} to ${now.mebibytes.toFixed(0)} MiB`] : []
  })
}
