import { eventually } from '@parley/testing/eventually'
import type { Entry } from '@parley/testing/history'
import { queries, unreadInList } from '../chat.ts'
import { readPage } from './deeds.ts'
import type { InboxWatch } from './inbox-watch.ts'
import { tabAt } from './person.ts'
import type { Person, Room } from './person.ts'
import { entryOf, eventFields } from './shown.ts'
import type { EventShown } from './shown.ts'

const patienceMs = 60_000
const document = `subscription ($id: ID!) { timeline(conversationId: $id, after: 0) { events { ${eventFields} } } }`

/** At the end, when all is quiet: the whole log, every page and every count of a person, for the checker. */
export async function readEverything(
  person: Person,
  heads: ReadonlyMap<string, number>,
  inbox: InboxWatch | undefined,
): Promise<void> {
  for (const room of person.rooms) {
    const entries = await readLog(person, room, heads.get(room.id) ?? 0)
    await readPages(person, room)
    await readCounts(person, room, entries, inbox)
  }
}

async function readLog(person: Person, { id }: Room, headSeq: number): Promise<readonly Entry[]> {
  const tab = tabAt(person.tab, person.tab.url)
  const place = { viewer: person.id, conversation: id, where: 'frame', since: person.witness.now } as const
  const stream = tab.subscribe<{ timeline: { events: readonly EventShown[] } | null }>(document, { id })
  const entries: Entry[] = []
  while ((entries.at(-1)?.seq ?? 0) < headSeq) {
    const { data } = await stream.next(patienceMs)
    person.witness.showed(data, place)
    for (const event of data?.timeline?.events ?? []) {
      person.witness.saw(event, place)
      entries.push(entryOf(event))
    }
  }
  await tab.close()
  person.witness.history.record({ op: 'read-back', conversation: id, viewer: person.id, headSeq, entries })
  return entries
}

async function readPages(person: Person, room: Room): Promise<void> {
  let before = await readPage(person, room, null)
  while (before !== null) before = await readPage(person, room, before)
}

interface Counts {
  readonly readLine: number
  readonly unread: number
}

/** Counts follow the log after a moment: the last ones count, and the checker recounts them. */
async function readCounts(
  { id: viewer, tab, witness }: Person,
  { id }: Room,
  entries: readonly Entry[],
  inbox: InboxWatch | undefined,
): Promise<void> {
  const unreadAfter = (readLine: number) =>
    entries.filter(({ line, actor }) => (line ?? 0) > readLine && actor !== viewer).length
  let last: readonly Counts[] = []
  const look = async () => {
    const data = await tab.must<{ conversation: { unreadCount: number; readLine: number } }>(queries.unread, { id })
    const { readLine, unreadCount } = data.conversation
    const live = inbox?.entries.get(id)
    const listed = (await unreadInList(tab)).get(id) ?? -1
    last = [
      { readLine, unread: unreadCount },
      { readLine, unread: listed },
      { readLine: live?.readLine ?? 0, unread: live?.unreadCount ?? -1 },
    ]
    const isRight = last.every((counts) => counts.unread === unreadAfter(counts.readLine))
    if (!isRight || live?.readLine !== readLine) throw new Error('The counts are not there yet')
  }
  await eventually(look, { timeout: patienceMs, interval: 200 }).catch(() => undefined)
  for (const { readLine, unread } of last)
    witness.history.record({ op: 'unread', conversation: id, viewer, readLine, unread })
  if (new Set(last.map(({ readLine }) => readLine)).size > 1)
    witness.incidents.push(`I6: the inbox and the conversation of ${viewer} differ: ${JSON.stringify(last)}`)
}
