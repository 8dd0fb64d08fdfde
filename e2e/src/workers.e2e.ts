import { readFileSync } from 'node:fs'
import { identityOf, isAlive } from '@parley/engines/process-identity'
import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { eventsOf, follow, send, seqsOf, signUp, startGroup, untilSeq, upTo } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

const tabs = 8

/** The listening of a worker, in the log of its supervisor. */
interface Served {
  readonly worker: number
  readonly pid: number
}

describe('a gateway of two workers', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  let conversation: string

  beforeAll(async () => {
    stack = await testStack({ env: { GATEWAY_WORKERS: '2' } })
    const [url = ''] = stack.urls
    ann = await signUp(url, 'ann')
    ben = await signUp(url, 'ben')
    conversation = await startGroup(ann, [ben])
    await eventually(() => expect(workers()).toHaveLength(2))
  })
  afterAll(async () => {
    await Promise.all([ann, ben].map((client) => client.close()))
    await stack.stop()
  })

  const logged = (): readonly Record<string, unknown>[] =>
    readFileSync(stack.service('gateway').logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)

  const workers = (): readonly Served[] =>
    logged()
      .filter(({ msg, workerPid }) => msg === 'A worker serves' && isAlive(identityOf(Number(workerPid))))
      .map(({ worker, workerPid }) => ({ worker: Number(worker), pid: Number(workerPid) }))

  const openTabs = () => {
    const open = upTo(tabs).map(() => ben.anotherTab())
    return open.map((tab) => ({ tab, stream: follow(tab, conversation, 0) }))
  }

  it('a worker is killed: its clients resume at once, those of the other notice nothing, and it comes back', async () => {
    const [one, other] = workers()
    const followed = openTabs()
    const first = await send(ann, conversation, 'before')
    await Promise.all(followed.map(({ stream }) => untilSeq(stream, first.seq)))
    const ended = new Set<number>()
    followed.forEach(
      ({ stream }, index) =>
        void stream.ended(60_000).then(
          () => ended.add(index),
          () => undefined,
        ),
    )
    process.kill(one?.pid ?? 0, 'SIGKILL')
    await eventually(() => expect(ended.size).toBeGreaterThan(0))
    const resumed = [...ended].map((index) => ({
      index,
      stream: follow(ben.anotherTab(), conversation, first.seq - 1),
    }))
    const second = await send(ann, conversation, 'after')
    const untouched = followed.filter((_, index) => !ended.has(index))
    expect(untouched.length).toBeGreaterThan(0)
    await Promise.all([...untouched, ...resumed].map(({ stream }) => untilSeq(stream, second.seq)))
    for (const { stream } of untouched) expect(seqsOf(eventsOf(stream))).toEqual(upTo(second.seq))
    for (const { stream } of resumed) expect(seqsOf(eventsOf(stream))).toEqual([first.seq, second.seq])
    await eventually(
      () =>
        expect(
          workers()
            .map(({ worker }) => worker)
            .toSorted(),
        ).toEqual([1, 2]),
      { timeout: 30_000 },
    )
    expect(workers()).toContainEqual(other)
    for (const { stream } of [...untouched, ...resumed]) stream.close()
  })

  it('queries are answered by both, and their log lines name the worker', async () => {
    const asked = () => new Client(ann.url).post(JSON.stringify({ query: '{ __typename }' }), { connection: 'close' })
    await eventually(async () => {
      await Promise.all(upTo(tabs).map(asked))
      const named = logged().flatMap(({ msg, worker }) => (msg === 'Answered' ? [worker] : []))
      expect(new Set(named)).toEqual(new Set([1, 2]))
    })
  })

  it('SIGTERM drains both: every client is told to reconnect', async () => {
    const followed = openTabs()
    const { seq } = await send(ann, conversation, 'last')
    await Promise.all(followed.map(({ stream }) => untilSeq(stream, seq)))
    const endings = Promise.all(followed.map(({ stream }) => stream.ended(60_000)))
    await stack.service('gateway').stop()
    expect(workers()).toEqual([])
    expect((await endings).map((end) => (end as { code?: number }).code)).toEqual(followed.map(() => 1012))
  })
})
