import { Failure } from '../graphql/errors'
import type { LiveSink } from '../graphql/live'
import type { InboxEntry } from './conversation-cache'
import { Inbox, type InboxFrame } from './inbox'
import type { InboxPosition } from './kept-list'

const frame = (cursor: string, change: Partial<InboxFrame> = {}): InboxFrame => ({
  cursor,
  unreadCount: 0,
  entries: [],
  goneIds: [],
  threads: [],
  unreadThreadCount: 0,
  isCut: false,
  bookmarksChanged: false,
  ...change,
})

/** The newest event is a message, and the details changed last with the first event by default. */
const entry = (conversationId: string, headSeq: number, detailsSeq = 1): InboxEntry => ({
  conversationId,
  headSeq,
  detailsSeq,
  readLine: 0,
  readRevision: 0,
  unreadCount: 1,
  mentionCount: 0,
  mute: { isMuted: false, until: null, revision: 0 },
  lastMessage: {
    id: `m${headSeq}`,
    seq: headSeq,
    version: headSeq,
    text: 'Hello',
    deletedAt: null,
    sentAt: '2026-11-28T12:00:00.000Z',
    authorId: 'u1',
  },
})

function opened(listed: Record<string, number | null> = {}, from: InboxPosition | null = null) {
  const details = new Map(Object.entries(listed))
  const done: string[] = []
  const told: string[] = []
  const streams: { cursor: () => string | null; sink: LiveSink<InboxFrame>; open: boolean }[] = []
  const inbox = new Inbox({
    follow: (cursor, sink) => {
      const stream = { cursor, sink, open: true }
      streams.push(stream)
      return () => void (stream.open = false)
    },
    detailsOf: (id) => details.get(id),
    known: () => null,
    tell: ({ changes, when }) => void told.push(`${when} ${changes.map(({ entry }) => entry.conversationId).join()}`),
    apply: ({ conversationId, headSeq }) => void done.push(`apply ${conversationId} ${headSeq}`),
    load: (id) => void done.push(`load ${id}`),
    remove: (ids) => done.push(...ids.map((id) => `remove ${id}`)),
    reload: () => void done.push('reload'),
    report: (isLive) => void done.push(isLive ? 'live' : 'lost'),
  })
  inbox.open(from)
  const stream = () => streams.at(-1)!
  const taken = () => done.splice(0).filter((what) => what !== 'live')
  return { inbox, streams, stream, take: (next: InboxFrame) => stream().sink.data(next), taken, done, told }
}

describe('the inbox', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('tells what was there, what happened, and what was missed while it was broken', async () => {
    const { take, stream, told } = opened({ c1: 1 })
    take(frame('a', { entries: [entry('c1', 3)] }))
    take(frame('b', { entries: [entry('c1', 4)] }))
    stream().sink.ended(null)
    await jest.advanceTimersByTimeAsync(10_000)
    stream().cursor()
    take(frame('c', { entries: [entry('c1', 5)] }))
    take(frame('d', { entries: [entry('c1', 6)] }))
    take(frame('e', { isCut: true }))
    expect(told).toEqual(['first c1', 'now c1', 'missed c1', 'now c1', 'missed '])
  })

  it('tells as there before what came while the tab was closed', () => {
    const { take, stream, told } = opened({ c1: 1 }, { cursor: 'kept', unread: 1, unreadThreads: 0 })
    expect(stream().cursor()).toBe('kept')
    take(frame('a', { entries: [entry('c1', 3)] }))
    take(frame('b', { entries: [entry('c1', 4)] }))
    expect(told).toEqual(['first c1', 'now c1'])
  })

  it('loads the list after the first frame, and without it when that does not arrive', async () => {
    const prompt = opened()
    prompt.take(frame('a', { unreadCount: 3 }))
    expect(prompt.inbox.get()).toBe(3)
    expect(prompt.taken()).toEqual(['reload'])
    await jest.advanceTimersByTimeAsync(10_000)
    expect(prompt.taken()).toEqual([])
    const late = opened()
    await jest.advanceTimersByTimeAsync(1_500)
    expect(late.taken()).toEqual(['reload'])
    late.take(frame('a'))
    expect(late.taken()).toEqual(['reload'])
  })

  it('merges changes, and fetches new conversations', () => {
    const { take, taken } = opened({ c: 1 })
    take(frame('a'))
    taken()
    take(frame('b', { entries: [entry('c', 5), entry('new', 9)], goneIds: ['old'] }))
    expect(taken()).toEqual(['remove old', 'apply c 5', 'apply new 9', 'load new'])
  })

  it('asks for a conversation whose details have changed, and not over and over', async () => {
    const { take, taken } = opened({ c: 4, dark: null })
    take(frame('a'))
    taken()
    for (const head of [9, 12]) take(frame('b', { entries: [entry('c', head, 4), entry('dark', head, 4)] }))
    expect(taken().filter((what) => what.startsWith('load'))).toEqual([])
    take(frame('b', { entries: [entry('c', 14, 13)] }))
    expect(taken()).toEqual(['apply c 14', 'load c'])
    for (const head of [15, 17, 19]) take(frame('b', { entries: [entry('c', head, head)] }))
    expect(taken().filter((what) => what.startsWith('load'))).toEqual([])
    await jest.advanceTimersByTimeAsync(5_000)
    expect(taken().filter((what) => what === 'load c')).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(taken().filter((what) => what === 'load c')).toEqual([])
  })

  it('merges an edit of the newest message without a fetch', () => {
    const { take, taken } = opened({ c: 4 })
    take(frame('a'))
    taken()
    const { lastMessage, ...rest } = entry('c', 5, 3)
    take(frame('b', { entries: [{ ...rest, lastMessage: lastMessage && { ...lastMessage, version: 5 } }] }))
    expect(taken()).toEqual(['apply c 5'])
  })

  it('resumes from its last cursor, and loads the list only when the server says so', async () => {
    const { take, taken, stream, streams } = opened({ c: 1 })
    expect(stream().cursor()).toBeNull()
    take(frame('a'))
    expect(stream().cursor()).toBe('a')
    stream().sink.ended(null)
    expect(taken()).toEqual(['reload', 'lost'])
    await jest.advanceTimersByTimeAsync(5_000)
    expect(streams.filter(({ open }) => open)).toHaveLength(1)
    expect(stream().cursor()).toBe('a')
    take(frame('b', { entries: [entry('c', 5)] }))
    expect(taken()).toEqual(['apply c 5'])
    take(frame('c', { isCut: true }))
    expect(taken()).toEqual(['reload'])
  })

  it('has news of threads when one has changed, and once after every break, in which one may have lost its text', () => {
    const { inbox, take, stream } = opened()
    const news = () => inbox.threadNews.get()
    stream().cursor()
    take(frame('a'))
    expect(news()).toBe(0)
    take(frame('b', { threads: [{ rootId: 'm1' }] }))
    expect(news()).toBe(1)
    expect(stream().cursor()).toBe('b')
    take(frame('c'))
    take(frame('d'))
    expect(news()).toBe(2)
  })

  it('starts again when the server refuses its cursor, and ignores a stream that it has closed', async () => {
    const { inbox, take, taken, stream } = opened()
    take(frame('a', { unreadCount: 2 }))
    const old = stream()
    old.sink.ended(new Failure('input', 'INVALID_INPUT'))
    inbox.hurry()
    expect(stream().cursor()).toBeNull()
    old.sink.data(frame('z', { unreadCount: 9 }))
    expect(inbox.get()).toBe(2)
    taken()
    take(frame('b'))
    expect(taken()).toEqual(['reload'])
    inbox.close()
    expect(stream().open).toBe(false)
  })
})
