import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { type Message, messageIdOf } from '../domain/message'
import { lineOf, type TimelineEvent } from '../domain/timeline-event'
import { deletionOf, entry, reactionOf } from '../testing/entries'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { RoundTrips } from '../testing/round-trips'
import { Admission } from './admission'
import { CurrentMessages } from './current-messages'
import { GetHistory, GetHistoryHandler } from './get-history'
import { GetMessage, GetMessageHandler } from './get-message'
import type { PageRange } from './page-range'

const [ann, otto] = [newUser(), newUser()]
const conversationId = newConversation()
const day = 86_400_000

describe('history', () => {
  const [log, projection, inbox] = [new MemoryTimelineLog(), new MemoryProjection(), new MemoryInbox()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (id: string, userId: string) => Promise.resolve(id === conversationId && userId === ann)
  const admission = new Admission({ isMember } as MembershipReplica)
  const handler = new GetHistoryHandler(admission, messages, log, inbox)
  const sent: TimelineEvent[] = []

  /** A message a day, and after each a reaction, which makes no line. */
  beforeAll(async () => {
    for (let count = 0; count < 20; count += 1) {
      const event = await log.append({ ...entry({ conversationId }), at: new Date(count * day) })
      sent.push(event)
      await log.append(reactionOf(await messageOf(event), ann))
    }
    await projection.fold((await log.readAfter(conversationId, 0, 100)).slice(0, 30))
  })

  const messageOf = async (event: TimelineEvent) =>
    (await messages.byId([messageIdOf(event) as MessageId]))[0] as Message
  const idAt = (line: number) => messageIdOf(sent[line - 1] as TimelineEvent) as MessageId

  /** First and last line, where the page is, and whether there is more. */
  async function page(range: PageRange, userId: UserId = ann, id = conversationId) {
    const found = await handler.execute(new GetHistory(id, userId, range))
    const lines = found.events.map(lineOf)
    expect(found.events.every(({ message }) => message?.reactions.length === 1)).toBe(true)
    return [lines.at(0), lines.at(-1), found.aroundLine, found.hasEarlier, found.hasLater]
  }

  it('goes both ways from a line', async () => {
    expect(await page({ last: 5 })).toEqual([16, 20, null, true, false])
    expect(await page({ before: 16, last: 5 })).toEqual([11, 15, null, true, true])
    expect(await page({ before: 1 })).toEqual([undefined, undefined, null, false, true])
    expect(await page({ after: 0, first: 5 })).toEqual([1, 5, null, false, true])
    expect(await page({ after: 17, first: 5 })).toEqual([18, 20, null, true, false])
    expect(await page({ after: 20 })).toEqual([undefined, undefined, null, true, false])
  })

  it('has the lines around a line, also near an end and beyond it', async () => {
    expect(await page({ around: 10, last: 5 })).toEqual([8, 12, 10, true, true])
    expect(await page({ around: 1, last: 5 })).toEqual([1, 5, 1, false, true])
    expect(await page({ around: 20, last: 5 })).toEqual([16, 20, 20, true, false])
    expect(await page({ around: 1_000_000, last: 5 })).toEqual([16, 20, 20, true, false])
    expect(await page({ around: 10 })).toEqual([1, 20, 10, false, false])
  })

  it('has the lines around a message, whether it is projected or not', async () => {
    expect(await page({ aroundMessage: idAt(3), last: 5 })).toEqual([1, 5, 3, false, true])
    expect(await page({ aroundMessage: idAt(18), last: 5 })).toEqual([16, 20, 18, true, false])
  })

  it('has the lines around a date', async () => {
    const around = async (ms: number) => (await page({ aroundDate: new Date(ms), last: 5 }))[2]
    expect(await around(9 * day)).toBe(10)
    expect(await around(9 * day + 1)).toBe(11)
    expect(await around(-1)).toBe(1)
    expect(await around(100 * day)).toBe(20)
  })

  it('has the lines around the first unread one, and the last ones when all are read', async () => {
    expect((await page({ aroundUnread: true, last: 5 }))[2]).toBe(1)
    await inbox.markRead(ann, conversationId, 12)
    expect((await page({ aroundUnread: true, last: 5 }))[2]).toBe(13)
    await inbox.markRead(ann, conversationId, 20)
    expect(await page({ aroundUnread: true, last: 5 })).toEqual([16, 20, 20, true, false])
  })

  it('I7: says the same of a conversation or message that is not there and of one that is not the viewer’s', async () => {
    const elsewhere = messageIdOf(await log.append(entry())) as MessageId
    const refused = { category: 'state', code: 'NOT_FOUND' }
    await expect(page({}, otto)).rejects.toMatchObject(refused)
    await expect(page({}, ann, newConversation())).rejects.toMatchObject(refused)
    for (const aroundMessage of [elsewhere, randomUUID() as MessageId])
      await expect(page({ aroundMessage })).rejects.toMatchObject(refused)
    const single = new GetMessageHandler(admission, messages)
    const ask = (id: MessageId, userId = ann) => single.execute(new GetMessage(id, userId))
    for (const id of [elsewhere, randomUUID() as MessageId]) await expect(ask(id)).rejects.toMatchObject(refused)
    await expect(ask(idAt(1), otto)).rejects.toMatchObject(refused)
    expect(await ask(idAt(1))).toMatchObject({ line: 1, reactions: [{ emoji: '👍' }] })
  })

  it('waits for three round trips at most, and with a date for those of the search as well', async () => {
    const started = await log.append({ ...entry({ conversationId }), type: 'TitleChanged', data: { title: 'New' } })
    // A projected message that is far from the end, quoted by messages that are projected and by others.
    for (const folded of [true, false]) {
      for (const _ of [1, 2]) await log.append(entry({ conversationId, replyToId: idAt(4) }))
      if (folded) await projection.fold(await log.readAfter(conversationId, 0, 100))
    }
    const trips = new RoundTrips()
    const far = { log: trips.to(log), projection: trips.to(projection), inbox: trips.to(inbox) }
    const read = new CurrentMessages(far.projection, far.log, far.projection)
    const asked = new GetHistoryHandler(admission, read, far.log, far.inbox)
    const waited = async (range: PageRange) => {
      trips.waited = 0
      const page = await asked.execute(new GetHistory(conversationId, ann, range))
      expect(page.events.length).toBeGreaterThan(0)
      for (const { message, quoted } of page.events) expect(quoted?.id ?? null).toBe(message?.replyToId ?? null)
      return trips.waited
    }
    const line = started.lines
    const ranges = [
      {},
      { last: 5 },
      { before: 9 },
      { after: 3 },
      { around: line },
      { aroundMessage: idAt(3) },
      { aroundUnread: true },
    ]
    for (const range of ranges) expect(await waited(range)).toBeLessThanOrEqual(3)
    expect(await waited({ aroundDate: new Date(9 * day) })).toBeLessThanOrEqual(4)
  })

  it('still has the place of a deleted message', async () => {
    await log.append(deletionOf(await messageOf(sent[9] as TimelineEvent)))
    const { aroundLine, events } = await handler.execute(
      new GetHistory(conversationId, ann, { aroundMessage: idAt(10), last: 1 }),
    )
    expect([aroundLine, events[0]?.message?.text]).toEqual([10, ''])
  })

  it('is empty in an empty conversation, at any place', async () => {
    const empty = newConversation()
    const all = new Admission({ isMember: () => Promise.resolve(true) } as unknown as MembershipReplica)
    const asked = new GetHistoryHandler(all, messages, log, inbox)
    for (const range of [{}, { after: 0 }, { around: 1 }, { aroundDate: new Date() }, { aroundUnread: true }])
      expect(await asked.execute(new GetHistory(empty, ann, range))).toMatchObject({
        events: [],
        hasEarlier: false,
        hasLater: false,
        aroundLine: null,
      })
  })
})
