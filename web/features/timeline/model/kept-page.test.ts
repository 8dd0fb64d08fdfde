import fc from 'fast-check'
import { FakeSource } from '../../../testing/fake-source'
import { TimelineLog } from '../../../testing/timeline-log'
import type { TimelinePage } from './events'
import { type KeptPages, keptLines, lastPage } from './kept-page'
import { emptyTimeline, type TimelineAction, timelineReducer, type TimelineState } from './timeline-state'
import { TimelineStore } from './timeline-store'

const fold = (actions: readonly TimelineAction[], from: TimelineState = emptyTimeline): TimelineState =>
  actions.reduce(timelineReducer, from)

/** As it is after a way through the device's storage. */
function stored(page: TimelinePage | null): TimelinePage {
  if (page === null) throw new Error('nothing is known')
  return structuredClone(page)
}

describe('the last page of a conversation', () => {
  it('is, with all that has happened since, what the server has', () => {
    const logs = fc.array(fc.nat(), { minLength: 1, maxLength: 90 }).map((choices) => TimelineLog.of(choices))
    const stories = logs.chain((log) => fc.tuple(fc.constant(log), fc.integer({ min: 1, max: log.length })))
    fc.assert(
      fc.property(stories, ([log, old]) => {
        const before = fold([
          { type: 'page-arrived', page: log.page(null, 1, 1) },
          { type: 'frame-arrived', frame: log.frame(2, old, old) },
        ])
        const page = stored(lastPage(before))
        const after = fold([
          { type: 'page-arrived', page },
          { type: 'frame-arrived', frame: log.frame(page.headSeq + 1, log.length, log.length) },
        ])
        const fresh = fold([{ type: 'page-arrived', page: log.page(null, log.length) }])
        const count = Math.min(after.lines.toArray().length, fresh.lines.toArray().length)
        expect(after.lines.toArray().slice(-count)).toEqual(fresh.lines.toArray().slice(-count))
        expect([after.cursor, after.headSeq]).toEqual([fresh.cursor, fresh.headSeq])
        const shown = new Set(
          after.lines.toArray().flatMap((event) => ('message' in event ? event.message.replyToId : [])),
        )
        for (const id of shown) if (id) expect(after.quotes.get(id)).toEqual(fresh.quotes.get(id))
      }),
    )
  })

  it('is short, and nothing while nothing is known', () => {
    expect(lastPage(emptyTimeline)).toBeNull()
    const log = TimelineLog.ofMessages(80)
    const page = lastPage(fold([{ type: 'page-arrived', page: log.page(null, 80) }]))
    expect(page?.events.map(({ line }) => line)).toEqual(Array.from({ length: keptLines }, (_, at) => at + 31))
    expect([page?.hasEarlier, page?.headSeq]).toEqual([true, 80])
  })
})

describe('a conversation of which the device has the last page', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  function device(page: TimelinePage | null, isCurrent = true) {
    const kept: TimelinePage[] = []
    const pages: KeptPages = {
      read: () => Promise.resolve(page === null ? null : { page, isCurrent }),
      keep: (_, last) => void kept.push(last),
      forget: () => void kept.splice(0),
    }
    return { pages, kept }
  }
  const lines = (store: TimelineStore) => store.get().state.lines.toArray().length
  /** The server does not answer. */
  const silent = (source: FakeSource) => {
    source.history = () => new Promise(() => undefined)
    return source
  }
  const opened = async (source: FakeSource, pages: KeptPages) => {
    const store = new TimelineStore('c', source, pages)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    return store
  }

  it('is shown before the server answers, and followed from there', async () => {
    const source = silent(new FakeSource(12))
    const { pages } = device(TimelineLog.ofMessages(10).page(null, 10))
    const store = await opened(source, pages)
    expect([store.get().phase, lines(store), source.stream.after]).toEqual(['ready', 10, 10])
    source.send(11, 12)
    expect(lines(store)).toBe(12)
    store.close()
  })

  it('keeps what its stream has brought when the answer of the server is from before that', async () => {
    const source = new FakeSource(10)
    const late = await source.history('c', {}, 50)
    let answer: () => void = () => undefined
    source.history = () => new Promise((resolve) => (answer = () => resolve(late)))
    source.grow(2)
    const { pages } = device(TimelineLog.ofMessages(10).page(null, 10))
    const store = await opened(source, pages)
    source.send(11, 12)
    answer()
    await jest.advanceTimersByTimeAsync(0)
    expect([lines(store), store.get().state.cursor]).toEqual([12, 12])
    store.close()
  })

  it('waits a moment for the server when more is known to have happened', async () => {
    const { pages } = device(TimelineLog.ofMessages(10).page(null, 10), false)
    const late = await opened(silent(new FakeSource(12)), pages)
    expect(late.get().phase).toBe('loading')
    await jest.advanceTimersByTimeAsync(1_000)
    expect([late.get().phase, lines(late)]).toEqual(['ready', 10])
    const quick = await opened(new FakeSource(12), pages)
    await jest.advanceTimersByTimeAsync(1_000)
    expect(lines(quick)).toBe(12)
    late.close()
    quick.close()
  })

  it('opens at the first unread line that is on it, and does not wait for ever for one that is not', async () => {
    const { pages } = device(TimelineLog.ofMessages(100).page(null, 50))
    const reading = async (readLine: number) => {
      const source = silent(new FakeSource(100))
      source.known = { readLine, hasUnread: true }
      return opened(source, pages)
    }
    const near = await reading(80)
    expect([near.get().opened, near.reading.place?.line]).toEqual([{ readLine: 80, hasUnread: true }, 81])
    const far = await reading(10)
    expect(far.get().opened).toBeNull()
    await jest.advanceTimersByTimeAsync(3_000)
    expect([far.get().opened, far.get().seeking]).toEqual([{ readLine: 100, hasUnread: false }, false])
    near.close()
    far.close()
  })

  it('is kept as it is then: while it is open, and when it is left', async () => {
    const source = new FakeSource(3)
    const { pages, kept } = device(null)
    const store = await opened(source, pages)
    await jest.advanceTimersByTimeAsync(10_000)
    expect(kept.map(({ headSeq }) => headSeq)).toEqual([3])
    source.grow(1)
    source.send(4, 4)
    store.close()
    expect(kept.at(-1)).toMatchObject({ headSeq: 4, events: { length: 4 } })
  })
})
