import { eventually } from '@parley/testing/eventually'
import type { Entry } from '@parley/testing/history'
import { unreadInList } from '../chat.ts'
import { readBookmarks, readBookmarksIn } from './bookmark-deeds.ts'
import { isMutedNow, readMute } from './mute-deeds.ts'
import type { MuteShown } from './mute-deeds.ts'
import { readMessage, readPage, readThread } from './reading-deeds.ts'
import type { InboxWatch } from './inbox-watch.ts'
import { tabAt } from './person.ts'
import type { Person, Room } from './person.ts'
import { entryOf, eventFields, messageFields } from './shown.ts'
import type { EventShown, MessageShown } from './shown.ts'

const patienceMs = 60_000
const document = `subscription ($id: ID!, $after: Int!) {
  timeline(conversationId: $id, after: $after) { events { ${eventFields} } } }`
const pinsQuery = `query ($id: ID!) { conversation(id: $id) { pinnedCount pinnedMessages { ${messageFields} } } }`
const countsQuery =
  'query ($id: ID!) { conversation(id: $id) { unreadCount mentionCount readLine mute { isMuted revision } } }'

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
    await readPins(person, room)
    await readBookmarksIn(person, room)
    await readMute(person, room)
    for (const { id, thread, editCount } of room.messages.values()) {
      if (thread !== null) await readThread(person, room, id, 'all')
      if (editCount > 0) await readMessage(person, room, id)
    }
  }
  await readBookmarks(person)
}

async function readLog(person: Person, room: Room, headSeq: number): Promise<readonly Entry[]> {
  const { id: conversation } = room
  const entries: Entry[] = []
  const head = () => entries.at(-1)?.seq ?? 0
  // Of who has left and is back, each stream ends where they have left.
  for (let before = -1; head() < headSeq && head() > before;) {
    before = head()
    entries.push(...(await follow(person, conversation, before, headSeq)))
  }
  person.witness.history.record({ op: 'read-back', conversation, viewer: person.id, headSeq, entries })
  return entries
}

async function follow(person: Person, id: string, after: number, headSeq: number): Promise<readonly Entry[]> {
  const tab = tabAt(person.tab, person.tab.url)
  const place = { viewer: person.id, conversation: id, where: 'frame', since: person.witness.now } as const
  const stream = tab.subscribe<{ timeline: { events: readonly EventShown[] } | null }>(document, { id, after })
  const entries: Entry[] = []
  while ((entries.at(-1)?.seq ?? after) < headSeq) {
    const { data } = await stream.next(patienceMs)
    person.witness.showed(data, place)
    for (const event of data?.timeline?.events ?? []) {
      person.witness.saw(event, place)
      entries.push(entryOf(event))
    }
    const last = entries.at(-1)
    if (last?.kind === 'MemberLeft' && last.member === person.id) break
  }
  await tab.close()
  return entries
}

async function readPages(person: Person, room: Room): Promise<void> {
  let before = await readPage(person, room, null, true)
  while (before !== null) before = await readPage(person, room, before, true)
}

interface Pins {
  readonly conversation: { readonly pinnedCount: number; readonly pinnedMessages: readonly MessageShown[] }
}

async function readPins(person: Person, room: Room): Promise<void> {
  const place = person.placeOf(room, 'page')
  const { conversation } = await person.tab.must<Pins>(pinsQuery, { id: room.id })
  const { pinnedCount: count, pinnedMessages } = conversation
  for (const message of pinnedMessages) person.witness.sawMessage(message, 0, place)
  const messages = pinnedMessages.map(({ id }) => id)
  person.witness.history.record({ op: 'pinned', conversation: room.id, viewer: person.id, count, messages })
}

interface Counts {
  readonly readLine: number
  readonly unread: number
  readonly mentions?: number
}

interface Told {
  readonly conversation: {
    readonly unreadCount: number
    readonly mentionCount: number
    readonly readLine: number
    readonly mute: MuteShown
  }
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
    const [since, asked] = [witness.now, performance.now()]
    const { conversation } = await tab.must<Told>(countsQuery, { id })
    const { readLine, unreadCount, mentionCount: mentions } = conversation
    const live = inbox?.entries.get(id)
    const listed = (await unreadInList(tab)).get(id) ?? -1
    last = [
      { readLine, unread: unreadCount, mentions },
      { readLine, unread: listed },
      { readLine: live?.readLine ?? 0, unread: live?.unreadCount ?? -1, mentions: live?.mentionCount ?? -1 },
    ]
    const isRight = last.every((counts) => counts.unread === unreadAfter(counts.readLine))
    const isLive =
      live?.mute.revision === conversation.mute.revision && isMutedNow(live.mute) === conversation.mute.isMuted
    if (!isRight || !isLive || live.readLine !== readLine || live.mentionCount !== mentions)
      throw new Error('The counts are not there yet')
    witness.sawMute({ ...live.mute, isMuted: isMutedNow(live.mute) }, { viewer, conversation: id, since }, asked)
  }
  await eventually(look, { timeout: patienceMs, interval: 200 }).catch((error: unknown) => {
    witness.incidents.push(`I6: the inbox and the conversation of ${viewer} do not agree: ${String(error)}`)
  })
  for (const counts of last) witness.history.record({ op: 'unread', conversation: id, viewer, ...counts })
  if (new Set(last.map(({ readLine }) => readLine)).size > 1)
    witness.incidents.push(`I6: the inbox and the conversation of ${viewer} differ: ${JSON.stringify(last)}`)
}
