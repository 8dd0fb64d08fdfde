import type { InboxChange } from '../../../lib/conversations/inbox-news'
import { type Arrival, arrivalIn, type Circumstances, notifyChoices, rings, soundsAgain, type Standing } from './ring'

const now = new Date('2026-11-30T12:00:00.000Z')

type Entry = InboxChange['entry']
const message = {
  id: 'm',
  seq: 7,
  version: 7,
  text: 'Hello',
  deletedAt: null,
  sentAt: now.toISOString(),
  authorId: 'ben',
}
const entry: Entry = {
  conversationId: 'c',
  headSeq: 7,
  detailsSeq: 1,
  readLine: 3,
  readRevision: 0,
  unreadCount: 2,
  mentionCount: 0,
  mute: { isMuted: false, until: null, revision: 0 },
  lastMessage: message,
}
const before: Standing = { seq: 6, unreadCount: 1, mentionCount: 0 }
const arrival = (change: Partial<Entry> = {}, standing: Standing | null = before) =>
  arrivalIn({ entry: { ...entry, ...change }, known: null }, standing, 'ann', now)

describe('an arrival', () => {
  it('is a message of somebody else that was not read', () => {
    expect(arrival()).toEqual({
      conversationId: 'c',
      seq: 7,
      authorId: 'ben',
      text: 'Hello',
      count: 1,
      isMention: false,
      isMuted: false,
    })
  })

  it.each<[string, Partial<Entry>]>([
    ['one of one’s own', { lastMessage: { ...message, authorId: 'ann' } }],
    ['one that was deleted', { lastMessage: { ...message, deletedAt: now.toISOString() } }],
    ['one that was read on another device', { unreadCount: 0 }],
    ['a reaction or an edit of what was there', { headSeq: 8, lastMessage: { ...message, seq: 6, version: 8 } }],
    ['a conversation without messages', { lastMessage: null }],
  ])('is not %s', (_what, change) => {
    expect(arrival(change)).toBeNull()
  })

  it('counts all that have come, and knows whether one of them mentions the viewer', () => {
    expect(arrival({ unreadCount: 5, mentionCount: 1 })).toMatchObject({ count: 4, isMention: true })
    expect(arrival({ mentionCount: 1 }, { ...before, mentionCount: 1 })).toMatchObject({ isMention: false })
  })

  it('of a conversation that was not known is its newest event', () => {
    expect(arrival({}, null)).toMatchObject({ seq: 7 })
    expect(arrival({ headSeq: 8 }, null)).toBeNull()
  })

  it('knows whether the mute still holds', () => {
    const mutedUntil = (until: string | null) => arrival({ mute: { isMuted: true, until, revision: 1 } })?.isMuted
    expect(mutedUntil(null)).toBe(true)
    expect(mutedUntil('2026-11-30T12:00:01.000Z')).toBe(true)
    expect(mutedUntil('2026-11-30T11:59:59.000Z')).toBe(false)
  })
})

describe('what rings', () => {
  const plain: Circumstances = { choice: 'all', isDirect: false, isAttended: false, toldSeq: 6 }
  const told = (change: Partial<Arrival>, circumstances: Partial<Circumstances>) =>
    rings({ ...arrival()!, ...change }, { ...plain, ...circumstances })

  it('is any message, or those to the viewer alone, or nothing, as they choose', () => {
    const table = notifyChoices.map((choice) => [
      choice,
      told({}, { choice }),
      told({}, { choice, isDirect: true }),
      told({ isMention: true }, { choice }),
    ])
    expect(table).toEqual([
      ['all', true, true, true],
      ['mentions', false, true, true],
      ['nothing', false, false, false],
    ])
  })

  it('is nothing but mentions in a muted conversation', () => {
    expect(told({ isMuted: true }, {})).toBe(false)
    expect(told({ isMuted: true }, { isDirect: true })).toBe(false)
    expect(told({ isMuted: true, isMention: true }, {})).toBe(true)
  })

  it('is nothing in a conversation that somebody looks at, or of which this device was told', () => {
    expect(told({ isMention: true }, { isAttended: true })).toBe(false)
    expect(told({ isMention: true }, { toldSeq: 7 })).toBe(false)
  })

  it('makes one sound for many messages of a conversation', () => {
    expect([soundsAgain(undefined, 0), soundsAgain(1_000, 5_999), soundsAgain(1_000, 6_000)]).toEqual([
      true,
      false,
      true,
    ])
  })
})
