import fc from 'fast-check'
import { ada, bob, messageDeleted, messageReplied, messageSent, TimelineLog } from '../../../testing/timeline-log'
import { isLine, type Message, type MessageEvent, messageOf, quoteOf, type TimelineEvent } from './events'
import { inThread, type ThreadAnswer, threadEvent, type ThreadReader } from './thread-source'
import { ThreadStore } from './thread-store'
import { emptyTimeline, isBehind, timelineReducer } from './timeline-state'
import type { FrameSink, HistoryPlace } from './timeline-source'

/** The answers of a server that has a log up to some seq. */
class Server implements ThreadReader {
  sink: FrameSink | null = null
  cursor = () => 0

  constructor(
    private readonly log: TimelineLog,
    public head = log.length,
  ) {}

  history = () => Promise.reject(new Error('Not a thread'))
  reading = () => null
  connected = () => true
  follow = (_id: string, cursor: () => number, sink: FrameSink) => {
    this.cursor = cursor
    this.sink = sink
    return () => undefined
  }
  thread(_id: string, rootId: string, { before }: HistoryPlace, last: number): Promise<ThreadAnswer> {
    const now = this.log.messagesAt(this.head)
    const sent = this.log.frame(1, this.head, this.head).events
    const replies = sent.filter(
      (event): event is MessageEvent => event.type === 'MessageSent' && event.message.threadId === rootId,
    )
    const to = before === undefined ? replies.length : Math.min(before - 1, replies.length)
    const events = replies.slice(Math.max(0, to - last), to)
    const page = { events, hasEarlier: to > last, isLatest: before === undefined, headSeq: this.head }
    const root = now.get(rootId) as Message
    const quoted = now.get(root.replyToId ?? '')
    const message = { ...root, replyTo: quoted === undefined ? null : quoteOf(quoted) }
    return Promise.resolve({ root: { author: ada, at: '', message }, page, aroundLine: null, readLine: 0 })
  }
  /** The rest of the log, as the stream brings it. */
  stream(): void {
    this.head = this.log.length
    const from = this.cursor() + 1
    this.sink?.frame(this.log.frame(from, this.head))
  }
}

const settled = () => new Promise(setImmediate)

describe('a thread', () => {
  it('I5: what was read at any time and what came after it equal what is read at the end', async () => {
    const logs = fc.array(fc.nat({ max: 999 }), { maxLength: 40 }).map((choices) => TimelineLog.of([0, ...choices]))
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), fc.nat(), async (log, cut, choice) => {
        const roots = log.events.flatMap((event) => (event.type === 'MessageSent' ? [event.message] : []))
        const root = roots.filter(({ threadId }) => threadId === null)[choice % 3]
        if (root === undefined) return
        const first = log.events.findIndex((event) => messageOf(event)?.id === root.id) + 1
        const early = new Server(log, first + (cut % (log.length - first + 1)))
        const store = new ThreadStore('c', root.id, early)
        store.replies.open()
        await settled()
        early.stream()
        const fresh = new ThreadStore('c', root.id, new Server(log))
        fresh.replies.open()
        await settled()
        expect(store.root.get()).toEqual(fresh.root.get())
        const { lines } = store.replies.get().state
        const all = fresh.replies.get().state.lines
        expect(lines.toArray()).toEqual(all.toArray())
        expect(lines.toArray().map(({ line }) => line)).toEqual(lines.toArray().map((_, index) => index + 1))
        expect(isBehind(store.replies.get().state)).toBe(false)
        const now = log.messagesAt(log.length)
        for (const { message } of lines.toArray() as MessageEvent[])
          if (message.replyToId !== null)
            expect(store.replies.get().state.quotes.get(message.replyToId)).toMatchObject(
              quoteOf(now.get(message.replyToId) as Message),
            )
        store.replies.close()
        fresh.replies.close()
      }),
      { seed: 1_130, numRuns: 200 },
    )
  })

  it('takes the answers to what the viewer does, and leaves other threads and the conversation alone', async () => {
    const sent = messageSent(1)
    const reply = messageReplied(2, sent.message)
    const log = new TimelineLog([sent, reply])
    const store = new ThreadStore('c', 'm1', new Server(log, 1))
    store.replies.open()
    await settled()
    expect(store.root.get()?.message.thread).toBeNull()
    store.receive(reply)
    store.receive(messageSent(3))
    expect(store.root.get()?.message.thread?.replyCount).toBe(1)
    const lines = () => store.replies.get().state.lines.toArray()
    expect(lines()).toMatchObject([{ line: 1, message: { id: 'm2', line: null, listLine: 1 } }])
    const deletion = messageDeleted(4, reply.message, store.root.get()?.message)
    store.receive(deletion)
    expect(lines()).toMatchObject([{ message: { text: '', deletedAt: deletion.at } }])
    expect(store.root.get()?.message.thread).toMatchObject({ lines: 1, replyCount: 0 })
    store.learn({ ...(messageOf(deletion) as Message), version: 9, deletedById: bob.id })
    expect(lines()).toMatchObject([{ message: { deletedById: bob.id } }])
    store.replies.close()
  })
})

it('an event elsewhere moves the cursor of a thread and nothing else', () => {
  const events: TimelineEvent[] = [messageSent(1), messageReplied(2, messageSent(1).message)]
  const mapped = events.map((event) => threadEvent(event, 'other'))
  const state = timelineReducer({ ...emptyTimeline, loaded: true }, { type: 'events-arrived', events: mapped })
  expect(mapped.some(isLine)).toBe(false)
  expect(state.cursor).toBe(2)
  expect(inThread(messageReplied(3, messageSent(1).message).message)).toMatchObject({ line: null, listLine: 1 })
})
