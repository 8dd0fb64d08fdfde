import { ada, bob, messageDeleted, messageEdited, messageSent, quoting } from '../../../testing/timeline-log'
import { type LineEvent, quoteOf } from './events'
import type { OutboxItem } from './outbox-state'
import type { MessageRow, Row } from './rows'
import { isEditable, lastOwnMessage, quotingNewest, timelineRows } from './rows'
import { emptyTimeline, timelineReducer } from './timeline-state'

const noon = new Date(2026, 10, 24, 12).getTime()
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()

function message(seq: number, actor: typeof ada, minutes: number): LineEvent {
  return messageSent(seq, seq, { actor, at: at(minutes) })
}

function echo(clientId: string, minutes: number, change: Partial<OutboxItem> = {}): OutboxItem {
  return { clientId, conversationId: 'c', text: 'mine', at: at(minutes), status: 'pending', ...change }
}

const kinds = (rows: readonly Row[]) => rows.map((row) => row.kind)
const messages = (rows: readonly Row[]) => rows.filter((row): row is MessageRow => row.kind === 'message')
const base = { echoes: [], quotes: new Map(), viewer: ada, readLine: null, complete: true }

describe('timelineRows', () => {
  it('groups an author within five minutes and starts a new group for another', () => {
    const rows = timelineRows({
      ...base,
      events: [message(1, bob, 0), message(2, bob, 4), message(3, bob, 10), message(4, ada, 11)],
    })
    expect(messages(rows).map((row) => row.leads)).toEqual([true, false, true, true])
  })

  it('only adds rows above when an earlier page arrives', () => {
    const events = [message(1, bob, 0), message(2, bob, 60), message(3, bob, 24 * 60), message(4, bob, 25 * 60)]
    const later = timelineRows({ ...base, events: events.slice(2), complete: false })
    const all = timelineRows({ ...base, events })
    expect(kinds(later)).toEqual(['message', 'message'])
    expect(all.slice(-later.length)).toEqual(later)
    expect(all.slice(-later.length - 1)[0]?.kind).toBe('day')
  })

  it('separates days', () => {
    const rows = timelineRows({ ...base, events: [message(1, bob, 0), message(2, bob, 24 * 60)] })
    expect(kinds(rows)).toEqual(['day', 'message', 'day', 'message'])
  })

  it('puts the unread divider before the first unread message of another person, once', () => {
    const rows = timelineRows({
      ...base,
      readLine: 1,
      events: [message(1, bob, 0), message(2, ada, 1), message(3, bob, 2), message(4, bob, 3)],
    })
    expect(kinds(rows)).toEqual(['day', 'message', 'message', 'unread', 'message', 'message'])
  })

  it('puts it before what others did, too, and not before the start of a conversation', () => {
    const joined: LineEvent = { type: 'MemberJoined', seq: 2, line: 2, at: at(1), actor: bob, member: bob }
    const started: LineEvent = { type: 'ConversationStarted', seq: 1, line: 1, at: at(0), actor: bob, title: 'T' }
    const rows = timelineRows({ ...base, readLine: 0, events: [started, joined, message(3, bob, 3)] })
    expect(kinds(rows)).toEqual(['day', 'system', 'unread', 'system', 'message'])
  })

  it('counts unread by lines, not by events', () => {
    const events = [messageSent(1, 1, { actor: bob }), messageSent(9, 2, { actor: bob })]
    expect(kinds(timelineRows({ ...base, readLine: 2, events }))).not.toContain('unread')
    expect(kinds(timelineRows({ ...base, readLine: 1, events })).at(-2)).toBe('unread')
  })

  it('shows an echo once, under one key, before and after the event replaces it', () => {
    const before = timelineRows({ ...base, events: [message(1, bob, 0)], echoes: [echo('k2', 1)] })
    const after = timelineRows({ ...base, events: [message(1, bob, 0), message(2, ada, 1)], echoes: [echo('k2', 1)] })
    expect(messages(before).at(-1)).toMatchObject({ delivery: 'pending', key: 'ck2' })
    expect(messages(after).at(-1)).toMatchObject({ delivery: 'stored', key: 'ck2' })
    expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key))
  })

  it('does not take another person’s clientId for one of ours', () => {
    const rows = timelineRows({ ...base, events: [message(2, bob, 0)], echoes: [echo('k2', 1)] })
    expect(messages(rows)).toHaveLength(2)
  })

  it('keeps an echo of a slow clock after the message that it answers', () => {
    const rows = timelineRows({
      ...base,
      events: [message(1, bob, 0)],
      echoes: [echo('k2', -600, { status: 'failed', reason: 'Too long.' })],
    })
    expect(kinds(rows)).toEqual(['day', 'message', 'message'])
    expect(messages(rows).at(-1)).toMatchObject({ at: at(0), delivery: 'failed', reason: 'Too long.' })
  })

  it('knows what the viewer wrote last', () => {
    const events = [message(1, ada, 0), message(2, ada, 1), message(3, bob, 2)]
    expect(lastOwnMessage(events, ada)?.id).toBe('m2')
    expect(lastOwnMessage(events.slice(2), ada)).toBeNull()
  })

  it('shows what a message quotes in its newest state', () => {
    const [quoted, other] = [messageSent(1).message, messageSent(2).message]
    const events = [quoting(messageSent(3), quoted), quoting(messageSent(4), other)]
    const quotes = new Map([['m1', { ...quoteOf(quoted), version: 9, text: 'edited' }]])
    const rows = messages(timelineRows({ ...base, events, quotes }))
    expect(rows.map(({ replyToId, quote }) => [replyToId, quote?.text])).toEqual([
      ['m1', 'edited'],
      ['m2', 'text 2'],
    ])
  })

  it('does so before the message is sent, whether what it quotes is in the list or far above it', () => {
    const [far, near, other] = [messageSent(1).message, messageSent(12), messageSent(13).message]
    const page = { events: [near], hasEarlier: true, isLatest: true, headSeq: 13 }
    const told = [messageDeleted(14, far), messageEdited(15, { ...near.message, version: 15, text: 'edited' })]
    const loaded = timelineReducer(emptyTimeline, { type: 'page-arrived', page })
    const state = timelineReducer(loaded, { type: 'events-arrived', events: told })
    const unsent = [far, near.message, other].map((message) => echo(message.id, 20, { replyTo: quoteOf(message) }))
    const echoes = quotingNewest([...unsent, echo('k9', 21)], state)
    const rows = messages(timelineRows({ ...base, events: [], echoes }))
    expect(rows.map(({ replyToId, quote }) => [replyToId, quote?.text])).toEqual([
      ['m1', ''],
      ['m12', 'edited'],
      ['m13', 'text 13'],
      [null, undefined],
    ])
  })

  it('knows whose words a forwarded message has, which nobody edits', () => {
    const sent = messageSent(1)
    const forwarded = { ...sent, message: { ...sent.message, forwardedFromId: bob.id } }
    const echoes = [echo('k2', 1, { forwardOf: { messageId: 'm9', authorId: bob.id } })]
    const rows = messages(timelineRows({ ...base, events: [forwarded], echoes }))
    expect(rows.map(({ forwardedFromId }) => forwardedFromId)).toEqual([bob.id, bob.id])
    expect(lastOwnMessage([forwarded], ada)).toBeNull()
    expect(isEditable(sent.message)).toBe(true)
  })

  it('begins a new group after what is left of a deleted message, which nobody edits', () => {
    const sent = [messageSent(1), messageSent(2), messageSent(3)]
    const events = sent.map((event) =>
      event.seq === 2 ? { ...event, message: { ...event.message, text: '', deletedAt: event.at } } : event,
    )
    expect(messages(timelineRows({ ...base, events })).map((row) => row.leads)).toEqual([true, false, true])
    expect(lastOwnMessage(events, ada)?.id).toBe('m3')
    expect(lastOwnMessage(events.slice(0, 2), ada)?.id).toBe('m1')
  })

  it('shows other events as a line that ends a group', () => {
    const joined: LineEvent = { type: 'MemberJoined', seq: 2, line: 2, at: at(1), actor: ada, member: bob }
    const rows = timelineRows({ ...base, events: [message(1, bob, 0), joined, message(3, bob, 2)] })
    expect(kinds(rows)).toEqual(['day', 'message', 'system', 'message'])
    expect(messages(rows).map((row) => row.leads)).toEqual([true, true])
  })
})
