import { isLine, messageOf, type TimelineEvent } from '../features/timeline/model/events'
import type {
  FrameSink,
  HistoryAnswer,
  HistoryPlace,
  KnownReading,
  TimelineSource,
} from '../features/timeline/model/timeline-source'
import { Failure } from '../lib/graphql/errors'
import { TimelineLog } from './timeline-log'

/** An in-memory server: a log that grows, and streams that the test controls. */
export class FakeSource implements TimelineSource {
  readonly streams: { after: number; sink: FrameSink; open: boolean }[] = []
  readonly asked: HistoryPlace[] = []
  /** The lines of the roots of replies that are only in threads, by the ids of the replies. */
  readonly repliesAt = new Map<string, number>()
  /** Everything is read. */
  readLine = Infinity
  known: KnownReading | null = null
  log: TimelineLog
  isConnected = true
  failure: Failure | null = null

  constructor(length: number) {
    this.log = TimelineLog.ofMessages(length)
  }

  reading = () => this.known

  async history(_: string, place: HistoryPlace, count: number): Promise<HistoryAnswer> {
    this.asked.push(place)
    if (this.failure !== null) throw this.failure
    const { readLine } = this
    const { before, after } = place
    if (after !== undefined) return { readLine, aroundLine: null, page: this.log.linesFrom(after + 1, count) }
    const aroundLine = this.#lineOf(place)
    if (aroundLine === null) return { readLine, aroundLine, page: this.log.page(before ?? null, count) }
    const page = this.log.linesFrom(Math.max(1, aroundLine - Math.floor(count / 2)), count)
    return { readLine, aroundLine, page }
  }

  #lineOf({ around, aroundMessage, aroundDate }: HistoryPlace): number | null {
    if (around !== undefined) return Math.min(around, this.log.length)
    const isIt = (event: TimelineEvent) =>
      aroundMessage === undefined ? event.at >= (aroundDate ?? '') : messageOf(event)?.id === aroundMessage
    if (aroundMessage === undefined && aroundDate === undefined) return null
    const rootLine = this.repliesAt.get(aroundMessage ?? '')
    if (rootLine !== undefined) return rootLine
    const found = this.log.events.find((event) => isLine(event) && isIt(event))
    if (found === undefined && aroundMessage !== undefined) throw new Failure('state', 'NOT_FOUND', 'There is none.')
    return found?.line ?? this.log.length
  }

  follow(_: string, cursor: () => number, sink: FrameSink): () => void {
    const stream = { after: cursor(), sink, open: true }
    this.streams.push(stream)
    return () => {
      stream.open = false
    }
  }

  connected = () => this.isConnected

  grow(count: number): void {
    this.log = TimelineLog.ofMessages(this.log.length + count)
  }

  get stream() {
    const stream = this.streams.at(-1)
    if (stream === undefined) throw new Error('nothing follows')
    return stream
  }

  send(from: number, to: number): void {
    this.stream.sink.frame(this.log.frame(from, to, this.log.length))
  }
}
