import { headOf, queries, signUpAll, startGroup } from '@parley/e2e/chat'
import { percentile } from '@parley/e2e/chaos/scenario'
import { testStack } from '@parley/e2e/test-stack'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun } from './bench.ts'
import { fillConversation, type LongConversation } from './long-conversation.ts'
import { cpuSecondsWithChildren } from './processes/pinned.ts'
import type { Figure } from './report/figure.ts'
import { conclude } from './report/result.ts'

const few = 10_000
const many = 5_000_000
const goal = 1.2
/** Filling ends then, with as many events as there are: the page says how many. */
const fillMinutes = 90
const size = 50

/** As the web client's, with everything that a page can be around. */
const page = `query ($id: ID!, $before: Int, $after: Int, $around: Int, $message: ID, $date: DateTime, $unread: Boolean, $first: Int, $last: Int) {
  timeline(conversationId: $id, before: $before, after: $after, around: $around, aroundMessage: $message, aroundDate: $date, aroundUnread: $unread, first: $first, last: $last) {
    hasEarlier hasLater aroundLine headSeq
    events { __typename seq line at actorId actor { id username displayName }
      ... on MessageSent { message { id conversationId line version clientId text editedAt deletedAt reactions { emoji count userIds } } } } } }`

type Variables = Record<string, unknown>

/** A page of a conversation, another one at each turn. */
interface Place {
  readonly name: string
  readonly at: (conversation: LongConversation, line: number) => Variables
}

const places: readonly Place[] = [
  { name: 'newest', at: () => ({}) },
  { name: 'before', at: (_, line) => ({ before: line }) },
  { name: 'after', at: (_, line) => ({ after: line, first: size, last: null }) },
  { name: 'around', at: (_, line) => ({ around: line }) },
  { name: 'message', at: (conversation, line) => ({ message: conversation.messageIdAt(line) }) },
  { name: 'date', at: (conversation, line) => ({ date: conversation.timeOf(line).toISOString() }) },
  { name: 'unread', at: () => ({ unread: true }) },
]

export const history: Bench = {
  name: 'history',
  promise: `A page of a conversation with ${many.toLocaleString('en')} events costs at most ${goal} times one of ${few.toLocaleString('en')}.`,
  defaults: { window: 2, rounds: 7 },
  run: (run) =>
    cleaningUp(async (cleanup) => {
      const notes = new Notes(run.say)
      const env = { ACCESS_TOKEN_SECONDS: '3600' }
      const stack = cleanup.add(await testStack({ onProgress: run.say, signal: run.signal, env }))
      const [reader, other] = await signUpAll(stack.urls[0] ?? '', ['reader', 'writer'])
      if (reader === undefined || other === undefined) throw new Error('Nobody')
      const conversations: LongConversation[] = []
      for (const events of [few, run.events ?? many]) {
        const id = await startGroup(reader, [other], `With ${events}`)
        // Its start comes over Kafka, and is the first event.
        const head = await eventually(
          async () => (await headOf(reader, id)) || Promise.reject(new Error('Not started')),
        )
        const until = performance.now() + fillMinutes * 60_000
        const authorId = other.userId
        const filled = await fillConversation(stack, { id, head, events, authorId, until, run })
        if (filled.lines < events) notes.push(`Filling ended after ${fillMinutes} minutes, at ${filled.lines} events.`)
        // Filling may take longer than a session lives.
        await reader.logIn('reader', 'correct horse battery')
        await reader.must(queries.markRead, { input: { conversationId: id, line: Math.floor(filled.lines / 2) } })
        conversations.push(filled)
      }
      notes.push(
        'CPU: of the message subgraph and of MongoDB together. Every page has 50 messages and comes through the gateway, one after the other. A page waits for at most three round trips to MongoDB, around a date for those of the search as well: get-history.test.ts counts them.',
      )
      return conclude('history', run, await measureAll(stack, reader, conversations, run), notes.all)
    }),
}

interface Measured {
  readonly cpuMs: number
  readonly waitMs: number
}

async function measureAll(
  stack: Stack,
  reader: Client,
  conversations: readonly LongConversation[],
  run: BenchRun,
): Promise<readonly Figure[]> {
  const asked = places.filter(({ name }) => run.only.length === 0 || run.only.includes(name))
  const all = new Map<string, Measured[]>()
  // The engine still writes down what it was given; until that is done, a page may not be answered in time.
  for (const place of asked)
    for (const one of conversations)
      await eventually(() => measure(stack, reader, place, one, 500, run), { timeout: 120_000, interval: 1_000 })
  for (let round = 0; round < run.rounds; round += 1)
    for (const place of asked)
      // In turns, so that whatever else the machine does meets both.
      for (const one of round % 2 === 0 ? conversations : conversations.toReversed()) {
        const measured = await measure(stack, reader, place, one, run.windowMs, run)
        const key = `${place.name} ${one.lines}`
        all.set(key, [...(all.get(key) ?? []), measured])
        run.say(`${key}: ${measured.cpuMs.toFixed(2)} CPU ms, ${measured.waitMs.toFixed(1)} ms`)
      }
  return asked.flatMap(({ name }): Figure[] => {
    const rows = (value: (measured: Measured) => number): Figure['rows'] =>
      conversations.map(({ lines }, index) => ({
        name: nameOf(lines),
        kind: index === 0 ? 'limit' : 'ours',
        values: (all.get(`${name} ${lines}`) ?? []).map(value),
      }))
    const goals = [{ than: nameOf(conversations[0]?.lines ?? 0), atMost: goal }]
    return [
      { title: `CPU, ${name}`, unit: 'ms per page', better: 'less', rows: rows(({ cpuMs }) => cpuMs), goals },
      { title: `wait, ${name}`, unit: 'ms, p50', better: 'less', rows: rows(({ waitMs }) => waitMs), goals },
    ]
  })
}

const nameOf = (lines: number): string => `${lines.toLocaleString('en')} events`

async function measure(
  stack: Stack,
  reader: Client,
  { at }: Place,
  conversation: LongConversation,
  windowMs: number,
  run: BenchRun,
): Promise<Measured> {
  const pids = [stack.service('message').identity?.pid ?? 0, ...stack.engines.pids.mongo]
  const waits: number[] = []
  const before = cpuSecondsWithChildren(pids)
  const started = performance.now()
  for (let turn = 1; performance.now() - started < windowMs; turn += 1) {
    run.signal.throwIfAborted()
    const line = size + Math.floor(((turn * 0.618_034) % 1) * (conversation.lines - 2 * size))
    const began = performance.now()
    const { timeline } = await reader.must<{ timeline: { events: readonly object[] } }>(page, {
      id: conversation.id,
      last: size,
      ...at(conversation, line),
    })
    waits.push(performance.now() - began)
    if (timeline.events.length !== size) throw new Error(`A page has ${timeline.events.length} lines`)
  }
  return { cpuMs: (1_000 * (cpuSecondsWithChildren(pids) - before)) / waits.length, waitMs: percentile(waits, 0.5) }
}
