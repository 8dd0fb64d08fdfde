import { FakeSource } from '../../../testing/fake-source'
import { Failure } from '../../../lib/graphql/errors'
import { TimelineLog } from '../../../testing/timeline-log'
import { contextTop } from './reading'
import { earlierThan, laterThan, readLines } from './timeline-state'
import { TimelineStore } from './timeline-store'

function unopened(length: number) {
  const source = new FakeSource(length)
  const store = new TimelineStore('c', source)
  const { reading } = store
  const range = () => {
    const { first, last } = readLines(store.get().state)
    return [first, last]
  }
  return { source, store, reading, range }
}

async function opened(length: number) {
  const one = unopened(length)
  one.store.open()
  await jest.advanceTimersByTimeAsync(0)
  return one
}

describe('reading the history', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('shows a place that is here without asking', async () => {
    const { source, store, reading } = await opened(120)
    await reading.jumpTo({ line: 80 })
    expect(store.get()).toMatchObject({ target: { line: 80, messageId: 'm80' }, generation: 0, seeking: false })
    await reading.jumpTo({ messageId: 'm100' })
    expect(store.get().target).toEqual({ line: 100, messageId: 'm100' })
    expect(source.asked).toEqual([{}])
    store.close()
  })

  it('loads the lines around a place, goes on in both directions, and meets the end', async () => {
    const { source, store, reading, range } = await opened(300)
    const arriving = reading.jumpTo({ messageId: 'm100' })
    expect(store.get().seeking).toBe(true)
    await arriving
    expect(range()).toEqual([75, 124])
    expect(store.get()).toMatchObject({ target: { line: 100, messageId: 'm100' }, generation: 1, seeking: false })
    await reading.loadEarlier()
    await reading.loadLater()
    expect(range()).toEqual([25, 174])
    source.grow(1)
    source.send(301, 301)
    expect(range()).toEqual([25, 174])
    while (laterThan(store.get().state) !== null) await reading.loadLater()
    expect(range()).toEqual([25, 301])
    expect(store.get().state.window).toBeNull()
    expect(store.get().generation).toBe(1)
    store.close()
  })

  it('finds a reply that is only in a thread at its root, and says which it was', async () => {
    const { source, store, reading } = await opened(300)
    source.repliesAt.set('reply', 100)
    await reading.jumpTo({ messageId: 'reply' })
    expect(store.get().target).toEqual({ line: 100, messageId: 'm100', replyId: 'reply' })
    await reading.jumpTo({ messageId: 'm100' })
    expect(store.get().target).toEqual({ line: 100, messageId: 'm100' })
    store.close()
  })

  it('returns to the end, which has gone on meanwhile', async () => {
    const { source, store, reading, range } = await opened(300)
    await reading.jumpTo({ line: 10 })
    source.grow(2)
    source.send(301, 302)
    reading.showNewest()
    expect(range()).toEqual([251, 302])
    expect(store.get()).toMatchObject({ target: null, generation: 2 })
    store.close()
  })

  it('finds the first line of a time, and the last line when there is none', async () => {
    const { source, store, reading, range } = await opened(300)
    await reading.jumpTo({ date: source.log.events[99]?.at ?? '' })
    expect(store.get().target).toEqual({ line: 100, messageId: null })
    await reading.jumpTo({ date: '2100-01-01T00:00:00.000Z' })
    expect(store.get().target).toEqual({ line: 300, messageId: null })
    expect(range()).toEqual([251, 300])
    store.close()
  })

  it('waits for the conversation, and shows the end when it is opened again', async () => {
    const source = new FakeSource(300)
    const store = new TimelineStore('c', source)
    await store.reading.jumpTo({ line: 3 })
    expect(source.asked).toEqual([])
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect(store.get().target?.line).toBe(3)
    store.close()
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect(store.get().target).toBeNull()
    expect(readLines(store.get().state).last).toBe(300)
    store.close()
  })

  it('opens at the first unread line, wherever that is, and shows nothing before it is there', async () => {
    const { source, store, range } = unopened(5_000)
    source.readLine = 200
    store.open()
    const shown: unknown[] = []
    store.subscribe(() => {
      const { phase, opened, seeking } = store.get()
      if (phase === 'ready' && opened !== null && !seeking) shown.push(range())
    })
    await jest.advanceTimersByTimeAsync(0)
    expect(store.get()).toMatchObject({ opened: { readLine: 200, hasUnread: true }, target: null, seeking: false })
    expect(store.reading.place).toEqual({ line: 201, top: contextTop })
    expect([shown[0], range()]).toEqual([
      [176, 225],
      [176, 225],
    ])
    store.close()
  })

  it('does so without asking, where that is known and among what is kept, or about to come', async () => {
    const { source, store } = await opened(100)
    store.close()
    source.known = { readLine: 90, hasUnread: true }
    store.open()
    expect(store.get()).toMatchObject({ opened: source.known, phase: 'ready', seeking: false })
    expect(store.reading.place?.line).toBe(91)
    store.reading.stand(null)
    store.close()
    source.known = { readLine: 100, hasUnread: true }
    store.open()
    expect(store.get().seeking).toBe(false)
    store.reading.stand(null)
    store.close()
    source.known = { readLine: 10, hasUnread: true }
    store.open()
    expect(store.get().seeking).toBe(true)
    store.close()
  })

  it('opens elsewhere for who goes elsewhere', async () => {
    const { source, store } = unopened(300)
    source.readLine = 20
    const arriving = store.reading.jumpTo({ line: 150 })
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    await arriving
    expect(store.get()).toMatchObject({ target: { line: 150 }, seeking: false, opened: { readLine: 20 } })
    store.close()
  })

  it('opens again where one stood above the end, also in a window, when it was dropped, and after a long absence', async () => {
    const { source, store, reading, range } = await opened(2_000)
    await reading.jumpTo({ line: 500 })
    reading.stand({ line: 500, top: 30 })
    store.close()
    source.grow(3)
    source.known = { readLine: 2_000, hasUnread: true }
    store.open()
    expect([store.get().seeking, range(), reading.place]).toEqual([false, [475, 524], { line: 500, top: 30 }])
    await jest.advanceTimersByTimeAsync(0)
    store.close()
    source.grow(1_000)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect([range(), store.get().target, reading.place]).toEqual([[475, 524], null, { line: 500, top: 30 }])
    store.close()
    const other = new TimelineStore('c', source, undefined, reading.place)
    other.open()
    await jest.advanceTimersByTimeAsync(0)
    expect(readLines(other.get().state).at(500)?.line).toBe(500)
    other.close()
  })

  it('goes on at what was missed, after an absence in which more came than is replayed', async () => {
    const { source, store, reading, range } = await opened(1_000)
    store.close()
    source.grow(2_000)
    source.known = { readLine: 1_000, hasUnread: true }
    source.readLine = 1_000
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect([range(), reading.place?.line]).toEqual([[976, 1_025], 1_001])
    expect(store.get().state.lines.last).toBe(3_000)
    store.close()
  })

  it('says why it could not go there, and stays where it was', async () => {
    const { source, store, reading, range } = await opened(300)
    await reading.jumpTo({ messageId: 'nobody’s' })
    expect(store.get()).toMatchObject({ missed: { code: 'NOT_FOUND' }, seeking: false, generation: 0, target: null })
    source.failure = new Failure('temporary', 'UNAVAILABLE')
    await reading.jumpTo({ line: 3 })
    expect(store.get().missed?.code).toBe('UNAVAILABLE')
    expect(range()).toEqual([251, 300])
    source.failure = null
    await reading.jumpTo({ line: 299 })
    expect(store.get().missed).toBeNull()
    store.close()
  })

  it('shows the last of several jumps, in whatever order their answers come', async () => {
    const { store, reading } = await opened(500)
    await Promise.all([reading.jumpTo({ line: 10 }), reading.jumpTo({ line: 200 }), reading.jumpTo({ line: 499 })])
    expect(store.get()).toMatchObject({ target: { line: 499 }, seeking: false })
    expect(store.get().state.window).toBeNull()
    store.close()
  })

  it('is on its way from the first, so that what is shown meanwhile is not read', async () => {
    const store = new TimelineStore('c', new FakeSource(300))
    const arriving = store.reading.jumpTo({ line: 100 })
    const seen: boolean[] = []
    store.subscribe(() => {
      const { phase, seeking, target } = store.get()
      if (phase === 'ready' && target === null) seen.push(seeking)
    })
    expect(store.get().seeking).toBe(true)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    await arriving
    expect([seen.length > 0, seen.includes(false)]).toEqual([true, false])
    expect(store.get()).toMatchObject({ target: { line: 100 }, seeking: false })
    store.close()
  })

  it('keeps a bounded number of lines, however far somebody scrolls', async () => {
    const { store, reading, range } = await opened(5_000)
    await reading.jumpTo({ line: 2_500 })
    let most = 0
    const scroll = async (load: () => Promise<void>, pages: number) => {
      for (let page = 0; page < pages; page += 1) {
        await load()
        const { lines, window } = store.get().state
        most = Math.max(most, lines.toArray().length + (window?.lines.toArray().length ?? 0))
      }
    }
    await scroll(() => reading.loadLater(), 30)
    expect(range()[1]).toBeGreaterThan(3_900)
    await scroll(() => reading.loadEarlier(), 90)
    expect(range()[0]).toBe(1)
    expect(earlierThan(store.get().state)).toBeNull()
    reading.showNewest()
    await scroll(() => reading.loadEarlier(), 40)
    // 600 and a page of what is read, and 400 at the end.
    expect(most).toBeLessThanOrEqual(1_050)
    store.close()
  })

  it('keeps a bounded number of lines at the end, however much arrives where nobody reads', async () => {
    const { source, store, reading, range } = await opened(50)
    const grow = async (count: number) => {
      for (let sent = 0; sent < count; sent += 500) {
        source.grow(500)
        source.send(source.log.length - 499, source.log.length)
      }
      await jest.advanceTimersByTimeAsync(2_000)
    }
    await grow(5_000)
    expect(range()).toEqual([4_651, 5_050])
    // Somebody reads a little above the end.
    reading.reached(false)
    await grow(1_000)
    expect(range()).toEqual([4_651, 6_050])
    await reading.jumpTo({ line: 1_000 })
    await grow(1_000)
    expect(range()).toEqual([975, 1_024])
    const { lines, hasEarlier } = store.get().state
    expect([lines.first, lines.last, hasEarlier]).toEqual([6_651, 7_050, true])
    reading.showNewest()
    await reading.loadEarlier()
    expect(range()).toEqual([6_601, 7_050])
    store.close()
  })

  it('asks for a page again by and by while it cannot be read, and at once when it may be', async () => {
    const { source, store, reading, range } = await opened(300)
    source.failure = new Failure('temporary', 'UNAVAILABLE')
    const asked = () => source.asked.length
    // As a list does that is at the edge.
    const stop = store.subscribe(() => {
      if (!store.get().loadingEarlier) void reading.loadEarlier()
    })
    void reading.loadEarlier()
    await jest.advanceTimersByTimeAsync(30_000)
    expect(asked()).toBeGreaterThan(3)
    expect(asked()).toBeLessThan(20)
    expect(store.get().loadingEarlier).toBe(true)
    source.failure = null
    const before = asked()
    stop()
    store.hurry()
    await jest.advanceTimersByTimeAsync(0)
    expect([store.get().loadingEarlier, asked()]).toEqual([false, before])
    await reading.loadEarlier()
    expect(range()).toEqual([201, 300])
    store.close()
  })

  it('stays where it was after a long absence', async () => {
    const { source, store, reading, range } = await opened(1_000)
    await reading.jumpTo({ line: 100 })
    source.grow(2_000)
    source.stream.sink.ended(new Failure('input', 'CURSOR_AHEAD'))
    await jest.advanceTimersByTimeAsync(0)
    expect(range()).toEqual([74, 123])
    expect(store.get().state.lines.last).toBe(3_000)
    source.log = TimelineLog.ofMessages(20)
    source.stream.sink.ended(new Failure('input', 'CURSOR_AHEAD'))
    await jest.advanceTimersByTimeAsync(0)
    expect(range()).toEqual([1, 20])
    store.close()
  })
})
