import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { eventsOf, follow, send } from '../chat.ts'
import { lightPost } from './light-post.ts'
import { webOperation } from '../web-operations.ts'
import type { Client } from '@parley/testing/client'

/** People in one conversation who have nothing to do with the fault or attack. */
export interface Bystanders {
  readonly people: readonly Client[]
  readonly conversation: string
}

/** The rates of their queries and sends in total. */
export interface Pace {
  readonly queriesPerSecond: number
  readonly sendsPerSecond: number
}

/** One answered query, or one message that arrived over the stream. */
export interface Sample {
  readonly kind: 'query' | 'delivery'
  /** When it was due, by `performance.now()`. */
  readonly due: number
  readonly milliseconds: number
}

export interface Load {
  /** In the order of completion; grows until the load ends. */
  readonly samples: readonly Sample[]
  /** A sentence for each failure. */
  readonly failures: readonly string[]
  /** Resolves when everything pending has ended. */
  readonly end: () => Promise<void>
}

/** In milliseconds, one per query or message; a failure is a sentence. */
export interface Observed {
  readonly queries: readonly number[]
  readonly deliveries: readonly number[]
  readonly failures: readonly string[]
}

/** The timeout of a query. */
const patienceMs = 30_000

/** The queries of the web client when it opens a conversation and the list. */
const asked = (conversation: string): readonly { query: string; variables: Record<string, unknown> }[] => [
  { query: webOperation('Viewer').text, variables: {} },
  { query: webOperation('Conversations').text, variables: { first: 20, after: null } },
  { query: webOperation('ConversationById').text, variables: { id: conversation } },
  { query: webOperation('History').text, variables: { conversationId: conversation, before: null, last: 50 } },
]

/**
 * At fixed times, whether earlier requests have ended or not, and measured from the time at which each was due: a
 * blocked gateway delays all requests that are due meanwhile.
 */
export async function beginLoad(
  { people, conversation }: Bystanders,
  { queriesPerSecond, sendsPerSecond }: Pace,
): Promise<Load> {
  const samples: Sample[] = []
  const failures: string[] = []
  const [reader, writer] = people
  if (reader === undefined || writer === undefined) throw new Error('Two bystanders at least')
  const ended = new AbortController()
  const stream = watchDeliveries(reader, conversation, samples, failures)
  await stream.isOpen
  const documents = asked(conversation).map((one) => JSON.stringify(one))
  const agent = new Agent({ keepAlive: true })
  const queries = atFixedTimes(queriesPerSecond, ended.signal, async (index, due) => {
    const person = people[index % people.length]
    const document = documents[Math.floor(index / people.length) % documents.length]
    if (person === undefined || document === undefined) return
    const cookie = person.cookieHeader
    const answer = await lightPost({ url: person.url, cookie, body: document, agent, patienceMs })
    samples.push({ kind: 'query', due, milliseconds: performance.now() - due })
    if (!answer.startsWith('{"data":') || answer.includes('"errors":['))
      failures.push(`a query: ${/"code":"(\w+)"/.exec(answer)?.[1] ?? 'no code'}`)
  }).catch((error: unknown) => failures.push(String(error)))
  const sends = atFixedTimes(sendsPerSecond, ended.signal, async (index, due) => {
    const text = `delivery ${due} ${index}`
    stream.expect(text, due)
    await send(writer, conversation, text).catch((error: unknown) => failures.push(`a send: ${String(error)}`))
  })
  const end = async () => {
    ended.abort()
    await Promise.all([queries, sends])
    await stream.hasBroughtAll()
    stream.close()
    agent.destroy()
  }
  return { samples, failures, end }
}

/** Runs the load for this time, or until the signal, and rejects then. */
export async function observe(
  bystanders: Bystanders,
  pace: Pace,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Observed> {
  const load = await beginLoad(bystanders, pace)
  try {
    await pause(milliseconds, undefined, { signal })
  } finally {
    await load.end()
  }
  const of = (kind: Sample['kind']) => load.samples.filter((sample) => sample.kind === kind)
  const [queries, deliveries] = [of('query'), of('delivery')].map((all) => all.map((sample) => sample.milliseconds))
  return { queries: queries ?? [], deliveries: deliveries ?? [], failures: load.failures }
}

function watchDeliveries(reader: Client, conversation: string, samples: Sample[], failures: string[]) {
  const due = new Map<string, number>()
  let stream: ReturnType<typeof follow> | null = null
  let onAll: (() => void) | undefined
  const read = async (after: number) => {
    stream = follow(reader, conversation, after)
    for (;;) {
      const answer = await stream.next(120_000)
      for (const { message } of eventsOf({ all: [answer] })) {
        const dueAt = due.get(message?.text ?? '')
        if (message === undefined || dueAt === undefined) continue
        due.delete(message.text)
        samples.push({ kind: 'delivery', due: dueAt, milliseconds: performance.now() - dueAt })
        if (due.size === 0) onAll?.()
      }
    }
  }
  const isOpen = headOf(reader, conversation).then((head) => {
    read(head).catch((error: unknown) => {
      if (stream !== null) failures.push(`the stream: ${error instanceof Error ? error.message : String(error)}`)
    })
  })
  const hasBroughtAll = async () => {
    if (due.size === 0) return
    const all = new Promise<void>((resolve) => (onAll = resolve))
    await Promise.race([all, pause(60_000, undefined, { ref: false })])
    if (due.size > 0) failures.push(`the stream: ${due.size} messages never came`)
  }
  const close = () => {
    const open = stream
    stream = null
    open?.close()
  }
  return { isOpen, expect: (text: string, dueAt: number) => due.set(text, dueAt), hasBroughtAll, close }
}

async function headOf(reader: Client, conversation: string): Promise<number> {
  const data = await reader.must<{ conversation: { headSeq: number } }>(
    'query ($id: ID!) { conversation(id: $id) { headSeq } }',
    { id: conversation },
  )
  return data.conversation.headSeq
}

/** Until the signal; resolves when everything that was started has ended. */
async function atFixedTimes(
  perSecond: number,
  until: AbortSignal,
  work: (index: number, due: number) => Promise<void>,
): Promise<void> {
  const started = performance.now()
  const underWay = new Set<Promise<void>>()
  const failed: unknown[] = []
  for (let index = 0; ; index += 1) {
    const due = started + (index * 1_000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    if (until.aborted) break
    const working = work(index, due)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => underWay.delete(working))
    underWay.add(working)
  }
  await Promise.all(underWay)
  if (failed.length > 0) throw failed[0]
}
