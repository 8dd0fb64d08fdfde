import { setTimeout as pause } from 'node:timers/promises'
import { eventsOf, follow, send } from '../chat.ts'
import { webOperation } from '../web-operations.ts'
import type { Client } from '@parley/testing/client'

/** People who mind their own business in one conversation. */
export interface Bystanders {
  readonly people: readonly Client[]
  readonly conversation: string
}

/** In milliseconds, one a query or message; what failed is a sentence. */
export interface Observed {
  readonly queries: number[]
  readonly deliveries: number[]
  readonly failures: string[]
}

const queriesPerSecond = 32
const sendsPerSecond = 12

/** What the web client asks when somebody opens it, a conversation and the list. */
const asked = (conversation: string): readonly { query: string; variables: Record<string, unknown> }[] => [
  { query: webOperation('Me').text, variables: {} },
  { query: webOperation('Conversations').text, variables: { first: 20, after: null } },
  { query: webOperation('ConversationById').text, variables: { id: conversation } },
  { query: webOperation('History').text, variables: { conversationId: conversation, before: null, last: 50 } },
]

/**
 * At fixed times, whatever became of those before, and measured from the time at which each was due: a gateway that stands
 * still delays all that would have been asked meanwhile.
 */
export async function observe({ people, conversation }: Bystanders, milliseconds: number): Promise<Observed> {
  const observed: Observed = { queries: [], deliveries: [], failures: [] }
  const [reader, writer] = people
  if (reader === undefined || writer === undefined) throw new Error('Two bystanders at least')
  const invoked = new Map<string, number>()
  const stream = watchDeliveries(reader, conversation, invoked, observed)
  await stream.isOpen
  const documents = asked(conversation)
  await Promise.all([
    atFixedTimes(queriesPerSecond, milliseconds, async (index, due) => {
      const person = people[index % people.length]
      const document = documents[Math.floor(index / people.length) % documents.length]
      if (person === undefined || document === undefined) return
      const { errors } = await person.gql(document.query, document.variables)
      observed.queries.push(performance.now() - due)
      if (errors !== undefined) observed.failures.push(`a query: ${errors[0]?.extensions?.code ?? 'no code'}`)
    }).catch((error: unknown) => observed.failures.push(String(error))),
    atFixedTimes(sendsPerSecond, milliseconds, async (index, due) => {
      const text = `delivery ${due} ${index}`
      invoked.set(text, due)
      await send(writer, conversation, text).catch((error: unknown) =>
        observed.failures.push(`a send: ${String(error)}`),
      )
    }),
  ])
  await stream.hasBrought(invoked.size)
  stream.close()
  return observed
}

function watchDeliveries(
  reader: Client,
  conversation: string,
  invoked: ReadonlyMap<string, number>,
  { deliveries, failures }: Observed,
) {
  const seen = new Set<string>()
  let stream: ReturnType<typeof follow> | null = null
  const read = async (after: number) => {
    stream = follow(reader, conversation, after)
    for (;;) {
      const answer = await stream.next(120_000)
      for (const { message } of eventsOf({ all: [answer] })) {
        const due = invoked.get(message?.text ?? '')
        if (message === undefined || due === undefined || seen.has(message.text)) continue
        seen.add(message.text)
        deliveries.push(performance.now() - due)
      }
    }
  }
  const isOpen = headOf(reader, conversation).then((head) => {
    read(head).catch((error: unknown) => {
      if (stream !== null) failures.push(`the stream: ${error instanceof Error ? error.message : String(error)}`)
    })
  })
  const hasBrought = async (count: number) => {
    const deadline = performance.now() + 60_000
    while (seen.size < count && performance.now() < deadline) await pause(50)
    if (seen.size < count) failures.push(`the stream: ${count - seen.size} messages never came`)
  }
  const close = () => {
    const open = stream
    stream = null
    open?.close()
  }
  return { isOpen, hasBrought, close }
}

async function headOf(reader: Client, conversation: string): Promise<number> {
  const data = await reader.must<{ conversation: { headSeq: number } }>(
    'query ($id: ID!) { conversation(id: $id) { headSeq } }',
    { id: conversation },
  )
  return data.conversation.headSeq
}

async function atFixedTimes(
  perSecond: number,
  milliseconds: number,
  work: (index: number, due: number) => Promise<void>,
): Promise<void> {
  const started = performance.now()
  const underWay: Promise<void>[] = []
  for (let index = 0; (index * 1_000) / perSecond < milliseconds; index += 1) {
    const due = started + (index * 1_000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    underWay.push(work(index, due))
  }
  await Promise.all(underWay)
}
