import { Failure } from '../../../lib/graphql/errors'
import { FakeSource } from '../../../testing/fake-source'
import { messageSent, TimelineLog } from '../../../testing/timeline-log'
import { TimelineStore } from './timeline-store'

async function opened(length: number, readLine = length) {
  const source = new FakeSource(length)
  source.readLine = readLine
  const store = new TimelineStore('c', source)
  store.open()
  await jest.advanceTimersByTimeAsync(0)
  return {
    source,
    store,
    seqs: () =>
      store
        .get()
        .state.lines.toArray()
        .map((event) => event.seq),
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('TimelineStore', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('loads the latest page and follows behind it', async () => {
    const { source, store, seqs } = await opened(120)
    expect(seqs()).toEqual(range(71, 120))
    expect(source.stream.after).toBe(120)
    source.grow(2)
    source.send(121, 122)
    expect(seqs()).toEqual(range(71, 122))
    await store.reading.loadEarlier()
    expect(seqs()).toEqual(range(21, 122))
    store.close()
  })

  it('is not live from the end of its stream to the next frame, and retries at once on request', async () => {
    const { source, store } = await opened(3)
    source.send(4, 3)
    expect(store.get().live).toBe(true)
    source.stream.sink.ended(new Failure('temporary', 'UNAVAILABLE'))
    expect(store.get().live).toBe(false)
    const before = source.streams.length
    store.hurry()
    expect(source.streams).toHaveLength(before + 1)
    expect(store.get().live).toBe(false)
    source.send(4, 3)
    expect(store.get().live).toBe(true)
    store.hurry()
    await jest.advanceTimersByTimeAsync(10_000)
    expect(source.streams).toHaveLength(before + 1)
    store.close()
  })

  it('is not live once its stream has been mute for too long', async () => {
    const { source, store } = await opened(3)
    await jest.advanceTimersByTimeAsync(15_000)
    expect(store.get().live).toBe(false)
    source.send(4, 3)
    expect(store.get().live).toBe(true)
    store.close()
    expect(store.get().live).toBe(true)
  })

  it('reads the read position again at every opening, and does not show the old one meanwhile', async () => {
    const { source, store } = await opened(20, 5)
    expect(store.get().opened).toEqual({ readLine: 5, hasUnread: true })
    source.readLine = 20
    store.close()
    expect(store.get().opened).toBeNull()
    store.open()
    expect(store.get().opened).toBeNull()
    await jest.advanceTimersByTimeAsync(0)
    expect(store.get().opened).toEqual({ readLine: 20, hasUnread: false })
  })

  it('fetches a gap at once and shows nothing beyond it until then', async () => {
    const { source, store, seqs } = await opened(3)
    source.grow(4)
    source.send(7, 7)
    expect(seqs()).toEqual([1, 2, 3])
    await jest.advanceTimersByTimeAsync(0)
    expect(seqs()).toEqual(range(1, 7))
    store.close()
  })

  it('waits a moment for announced events, then fetches them', async () => {
    const { source, store, seqs } = await opened(3)
    source.grow(2)
    source.stream.sink.frame({ events: [], headSeq: 5 })
    await jest.advanceTimersByTimeAsync(1_000)
    expect(seqs()).toEqual([1, 2, 3])
    await jest.advanceTimersByTimeAsync(1_000)
    expect(seqs()).toEqual([1, 2, 3, 4, 5])
    store.close()
  })

  it('opens the stream again from its own cursor when it falls silent, but only while connected', async () => {
    const { source, store } = await opened(3)
    source.grow(1)
    source.send(4, 4)
    source.isConnected = false
    await jest.advanceTimersByTimeAsync(30_000)
    expect(source.streams).toHaveLength(1)
    source.isConnected = true
    await jest.advanceTimersByTimeAsync(16_000)
    expect(source.streams.length).toBeGreaterThan(1)
    expect(source.stream.after).toBe(4)
    expect(source.streams.filter((stream) => stream.open)).toHaveLength(1)
    store.close()
    expect(source.streams.filter((stream) => stream.open)).toHaveLength(0)
  })

  it('ignores a stream that it has closed', async () => {
    const { source, store, seqs } = await opened(1)
    const old = source.stream
    await jest.advanceTimersByTimeAsync(16_000)
    old.sink.frame({ events: [messageSent(2)], headSeq: 2 })
    expect(seqs()).toEqual([1])
    store.close()
  })

  it('reconnects after the stream ends and after it fails', async () => {
    const { source, store } = await opened(2)
    source.stream.sink.ended(null)
    await jest.advanceTimersByTimeAsync(2_000)
    expect(source.streams).toHaveLength(2)
    source.stream.sink.ended(new Failure('temporary', 'UNAVAILABLE'))
    await jest.advanceTimersByTimeAsync(4_000)
    expect(source.streams).toHaveLength(3)
    store.close()
  })

  it('starts again when the server’s log is shorter than ours', async () => {
    const { source, store, seqs } = await opened(9)
    source.log = TimelineLog.ofMessages(4)
    source.stream.sink.ended(new Failure('input', 'CURSOR_AHEAD'))
    await jest.advanceTimersByTimeAsync(0)
    expect(seqs()).toEqual([1, 2, 3, 4])
    expect(source.stream.after).toBe(4)
    store.close()
  })

  it('reads the latest page, and not a thousand events, after a long absence', async () => {
    const { source, store, seqs } = await opened(10)
    store.close()
    source.grow(2_000)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect(seqs()).toEqual(range(1_961, 2_010))
    expect(source.stream.after).toBe(2_010)
    store.close()
  })

  it('opens the stream again from the cursor when pages cannot tell what is missing, and not all the time', async () => {
    const edit = 6
    const choices = Array.from({ length: 60 }, () => 0)
    const source = new FakeSource(0)
    source.log = TimelineLog.of(choices)
    const store = new TimelineStore('c', source)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    await store.reading.loadEarlier()
    source.log = TimelineLog.of([...choices, edit, 0])
    await jest.advanceTimersByTimeAsync(5_000)
    source.send(62, 62)
    await jest.advanceTimersByTimeAsync(1_000)
    expect(source.streams).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(1_000)
    expect(store.get().state.lines.last).toBe(61)
    expect(source.streams).toHaveLength(2)
    expect(source.stream.after).toBe(60)
    source.stream.sink.frame({ events: [], headSeq: 62 })
    await jest.advanceTimersByTimeAsync(2_000)
    expect(source.streams).toHaveLength(2)
    source.send(61, 62)
    expect(store.get().state.cursor).toBe(62)
    store.close()
  })

  it('reports that the conversation is gone and stops', async () => {
    const { source, store } = await opened(2)
    source.failure = new Failure('state', 'NOT_FOUND', 'Gone.')
    source.stream.sink.ended(new Failure('state', 'NOT_FOUND', 'Gone.'))
    await jest.advanceTimersByTimeAsync(2_000)
    expect(store.get().phase).toBe('gone')
    expect(source.streams.filter((stream) => stream.open)).toHaveLength(0)
    store.close()
  })

  it('shows a failed first load and recovers by itself', async () => {
    const source = new FakeSource(2)
    source.failure = new Failure('temporary', 'UNAVAILABLE', 'Later.')
    const store = new TimelineStore('c', source)
    store.open()
    await jest.advanceTimersByTimeAsync(0)
    expect(store.get().phase).toBe('failed')
    source.failure = null
    await jest.advanceTimersByTimeAsync(3_000)
    expect(store.get().phase).toBe('ready')
    expect(store.get().state.cursor).toBe(2)
    store.close()
  })
})
