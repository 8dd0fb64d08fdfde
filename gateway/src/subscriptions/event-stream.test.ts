import type { ExecutionResult } from 'graphql'
import { type EventSink, EventStream, type UpstreamEvent } from './event-stream'

function setUp(execute: (event: UpstreamEvent) => Promise<ExecutionResult> = async (event) => ({ data: event.data })) {
  const seen = { closed: 0, overflows: 0 }
  const sinks: EventSink[] = []
  const stream = new EventStream({
    open: (opened) => {
      sinks.push(opened)
      return () => seen.closed++
    },
    execute,
    pendingLimit: 3,
    onOverflow: () => seen.overflows++,
  })
  const [sink] = sinks
  if (sink === undefined) throw new Error('The stream did not open')
  return { stream, sink, seen }
}

const event = (n: number): UpstreamEvent => ({ data: { n } })
const done = { done: true, value: undefined }

test('events keep the order of the upstream, however long each takes', async () => {
  const started: unknown[] = []
  const { stream, sink } = setUp(async ({ data }) => {
    started.push(data?.['n'])
    await new Promise((resolve) => setImmediate(resolve))
    return { data }
  })
  for (const n of [1, 2, 3]) sink.next(event(n))
  sink.complete()
  const received: unknown[] = []
  for await (const { data } of stream) received.push(data?.['n'])
  expect(received).toEqual([1, 2, 3])
  expect(started).toEqual([1, 2, 3])
})

test('return ends a pending read, and closes the upstream once', async () => {
  const { stream, seen } = setUp()
  const waiting = stream.next()
  await stream.return()
  await stream.return()
  expect(await waiting).toEqual(done)
  expect(await stream.next()).toEqual(done)
  expect(seen.closed).toBe(1)
})

test('return during an execution discards its result', async () => {
  let finish: (result: ExecutionResult) => void = () => undefined
  const { stream, sink } = setUp(() => new Promise((resolve) => (finish = resolve)))
  sink.next(event(1))
  const waiting = stream.next()
  await stream.return()
  finish({ data: { n: 1 } })
  expect(await waiting).toEqual(done)
})

test('an error of the upstream comes after the events before it', async () => {
  const { stream, sink } = setUp()
  sink.next(event(1))
  sink.error(new Error('refused'))
  expect(await stream.next()).toEqual({ done: false, value: event(1) })
  await expect(stream.next()).rejects.toThrow('refused')
})

test('too many pending events end the stream with an error', async () => {
  const { stream, sink, seen } = setUp()
  for (const n of [1, 2, 3, 4, 5]) sink.next(event(n))
  expect(seen).toEqual({ closed: 1, overflows: 1 })
  expect(await stream.next()).toEqual(done)
})
