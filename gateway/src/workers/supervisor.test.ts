import { EventEmitter } from 'node:events'
import { Supervisor } from './supervisor'

class FakeWorker extends EventEmitter {
  readonly signals: string[] = []
  readonly process = {
    pid: 1 as number | undefined,
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

function supervised(count = 2, fault: 'none' | 'throws' | 'no process' = 'none') {
  const forked: { number: number; worker: FakeWorker }[] = []
  const exits: number[] = []
  const failing = { fault }
  const supervisor = new Supervisor(count, {
    fork: (number) => {
      const worker = new FakeWorker()
      if (failing.fault === 'throws') throw new Error('spawn EPERM')
      if (failing.fault === 'no process') {
        worker.process.pid = undefined
        process.nextTick(() => worker.emit('error', new Error('spawn EAGAIN')))
      }
      forked.push({ number, worker })
      return worker
    },
    log: { info: silent, error: silent },
    exit: (code) => void exits.push(code),
  })
  supervisor.start()
  const workers = () => forked.map(({ worker }) => worker)
  return { supervisor, forked, exits, workers, failing }
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick'] }))
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

test('a worker that does not serve within two minutes is killed and started again', () => {
  const { workers } = supervised()
  workers()[0]?.serves()
  const heard = () => workers()[0]?.emit('message')
  for (let second = 0; second < 118; second += 1) {
    jest.advanceTimersByTime(1_000)
    heard()
  }
  expect(workers()[1]?.signals).toEqual([])
  jest.advanceTimersByTime(3_000)
  expect(workers()[1]?.signals).toEqual(['SIGKILL'])
  workers()[1]?.ends(null, 'SIGKILL')
  jest.advanceTimersByTime(0)
  expect(workers()).toHaveLength(3)
})

test.each(['throws', 'no process'] as const)(
  'a restart that fails (%s) is tried again, later each time',
  async (fault) => {
    const { workers, failing, exits, forked } = supervised()
    for (const worker of workers()) worker.serves()
    failing.fault = fault
    workers()[0]?.ends(null, 'SIGKILL')
    const settled = () => new Promise((resolve) => process.nextTick(resolve))
    for (const wait of [0, 100, 200]) {
      jest.advanceTimersByTime(wait)
      await settled()
    }
    failing.fault = 'none'
    const before = workers().length
    jest.advanceTimersByTime(399)
    expect(workers()).toHaveLength(before)
    jest.advanceTimersByTime(1)
    expect(forked.at(-1)?.number).toBe(1)
    expect([workers().length, workers()[1]?.signals, exits]).toEqual([before + 1, [], []])
  },
)

test.each(['throws', 'no process'] as const)('a first start that fails (%s) ends all', async (fault) => {
  const { exits } = supervised(2, fault)
  await new Promise((resolve) => process.nextTick(resolve))
  expect(exits.at(0)).toBe(1)
})

test('a fault of a worker that runs is no end of it', () => {
  const { workers, exits } = supervised()
  for (const worker of workers()) worker.serves()
  workers()[0]?.emit('error', new Error('kill EPERM'))
  jest.advanceTimersByTime(1_000)
  expect([workers().length, exits]).toEqual([2, []])
})

test('a stop while a worker loads is no fault of it', () => {
  const { supervisor, workers, exits } = supervised()
  workers()[0]?.serves()
  supervisor.stop()
  workers()[0]?.ends(0)
  workers()[1]?.ends(null, 'SIGTERM')
  expect(exits).toEqual([0])
})
