import { EventEmitter } from 'node:events'
import { Supervisor } from './supervisor'

class FakeWorker extends EventEmitter {
  readonly signals: string[] = []
  readonly process = {
    pid: 1,
    kill: (signal: NodeJS.Signals) => {
      this.signals.push(signal)
      return true
    },
  }

  serves(): void {
    this.emit('message')
  }

  ends(code: number | null, signal: string | null = null): void {
    this.emit('exit', code, signal)
  }
}

const silent = () => undefined

function supervised(count = 2) {
  const forked: { number: number; worker: FakeWorker }[] = []
  const exits: number[] = []
  const supervisor = new Supervisor(count, {
    fork: (number) => {
      const worker = new FakeWorker()
      forked.push({ number, worker })
      return worker
    },
    log: { info: silent, error: silent },
    exit: (code) => void exits.push(code),
  })
  supervisor.start()
  const workers = () => forked.map(({ worker }) => worker)
  return { supervisor, forked, exits, workers }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('a worker that dies is started again at once under its number, and the others are left alone', () => {
  const { forked, workers, exits } = supervised()
  for (const worker of workers()) worker.serves()
  workers()[1]?.ends(null, 'SIGKILL')
  jest.advanceTimersByTime(0)
  expect(forked.map(({ number }) => number)).toEqual([1, 2, 2])
  expect(workers()[0]?.signals).toEqual([])
  expect(exits).toEqual([])
})

test('one that keeps dying waits twice as long each time, up to ten seconds; one that lasted does not', () => {
  const { workers } = supervised(1)
  const waits: number[] = []
  const dies = () => {
    const count = workers().length
    workers().at(-1)?.serves()
    workers().at(-1)?.ends(1)
    const from = performance.now()
    while (workers().length === count) jest.advanceTimersToNextTimer()
    waits.push(performance.now() - from)
  }
  for (let death = 0; death < 10; death += 1) dies()
  expect(waits).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
  waits.length = 0
  workers().at(-1)?.serves()
  for (let second = 0; second < 10; second += 1) {
    jest.advanceTimersByTime(1_000)
    workers().at(-1)?.emit('message')
  }
  dies()
  expect(waits).toEqual([0])
})

test('all stop with the code of a worker that cannot start', () => {
  const { workers, exits, forked } = supervised()
  workers()[0]?.ends(78)
  expect(workers()[1]?.signals).toEqual(['SIGTERM'])
  workers()[1]?.ends(0)
  expect(exits).toEqual([78])
  jest.advanceTimersByTime(60_000)
  expect(forked).toHaveLength(2)
})

test('a stop drains all, and ends with the last of them', () => {
  const { supervisor, workers, exits } = supervised()
  for (const worker of workers()) worker.serves()
  supervisor.stop()
  supervisor.stop()
  expect(workers().map(({ signals }) => signals)).toEqual([['SIGTERM'], ['SIGTERM']])
  workers()[0]?.ends(0)
  expect(exits).toEqual([])
  workers()[1]?.ends(0)
  expect(exits).toEqual([0])
})

test('a worker that waits for its restart does not come back during a stop', () => {
  const { supervisor, workers, exits } = supervised()
  for (const worker of workers()) worker.serves()
  workers()[0]?.ends(1)
  supervisor.stop()
  workers()[1]?.ends(0)
  jest.advanceTimersByTime(1_000)
  expect(workers()).toHaveLength(2)
  expect(exits).toEqual([0])
})

test('workers that do not stop are killed', () => {
  const { supervisor, workers, exits } = supervised()
  for (const worker of workers()) worker.serves()
  supervisor.stop()
  jest.advanceTimersByTime(12_000)
  expect(workers().map(({ signals }) => signals.at(-1))).toEqual(['SIGKILL', 'SIGKILL'])
  expect(exits).toEqual([1])
})

test('a worker that serves and is not heard of any more is killed; one that still loads is not', () => {
  const { workers } = supervised()
  const [hanging, loading] = workers()
  hanging?.serves()
  jest.advanceTimersByTime(14_000)
  expect(hanging?.signals).toEqual([])
  hanging?.emit('message')
  jest.advanceTimersByTime(12_000)
  expect(hanging?.signals).toEqual([])
  jest.advanceTimersByTime(3_000)
  expect(hanging?.signals).toEqual(['SIGKILL'])
  expect(loading?.signals).toEqual([])
})
