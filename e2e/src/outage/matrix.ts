import { randomUUID } from 'node:crypto'
import type { Stack } from '@parley/launcher/stack'
import type { Subgraph } from '@parley/launcher/workspace'
import { Client } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Stream } from '@parley/testing/stream'
import { OperationTypeNode } from 'graphql'
import {
  follow,
  queries,
  readBack,
  send,
  sendUntilAcknowledged,
  signUp,
  startDirect,
  startGroup,
  upTo,
} from '../chat.ts'
import type { Frame } from '../chat.ts'
import { webOperations } from '../web-operations.ts'
import type { WebOperation } from '../web-operations.ts'
import { expectations } from './expectations.ts'
import type { World } from './expectation.ts'
import type { Fault } from './faults.ts'
import { deadlineMs, judge } from './judge.ts'
import type { Asked } from './judge.ts'

/** A column of the matrix: one subgraph with one kind of fault. */
export interface Column {
  readonly away: Subgraph
  readonly asked: readonly Asked[]
  /** A sentence for each violation. */
  readonly faults: readonly string[]
  /** From the end of the fault until every operation is answered completely; null when that never happened. */
  readonly wholeAfterMs: number | null
}

const patienceMs = deadlineMs + 4_000
const password = 'correct horse battery'

export type People = Pick<World, 'ann' | 'ben' | 'cleo' | 'conversation' | 'message' | 'doomed'>

export async function populate(url: string): Promise<People> {
  const ann = await signUp(url, 'ann', 'Ann Arbor')
  const ben = await signUp(url, 'ben', 'Ben Bold')
  const cleo = await signUp(url, 'cleo', 'Cleo Court')
  for (const client of [ann, ben, cleo]) client.patienceMs = patienceMs
  await startDirect(ann, ben)
  const conversation = await startGroup(ann, [ben, cleo], 'Outage')
  // The log starts with the start event, which arrives over Kafka; messages follow.
  await eventually(async () => {
    const { headSeq } = await readBack(ann, conversation)
    if (headSeq !== 1) throw new Error(`The log stands at ${headSeq} and has not begun with its start`)
  })
  const { message: doomed } = await sendUntilAcknowledged(ann, conversation, 'To be deleted')
  for (const index of upTo(12)) await sendUntilAcknowledged(ann, conversation, `Message ${index}`)
  const { message } = await sendUntilAcknowledged(ann, conversation, 'To be edited')
  if (!message || !doomed) throw new Error('What was sent is no message')
  return { ann, ben, cleo, conversation, message: message.id, doomed: doomed.id }
}

/** Sessions are opened before the outage: one for LogOut, one for RefreshSession. */
async function makeWorld(people: People): Promise<World> {
  const session = async () => {
    const client = new Client(people.ann.url)
    client.patienceMs = patienceMs
    await client.logIn('ben', password)
    return client
  }
  const [leaver, renewer] = await Promise.all([session(), session()])
  const leavable = await startGroup(people.ben, [people.ann], 'To be left')
  return { ...people, leaver, renewer, leavable, unique: randomUUID().slice(-12), uuid: randomUUID }
}

/** Causes the fault, runs all operations, ends the fault, and waits until everything is complete again. */
export async function columnOf(stack: Stack, people: People, away: Subgraph, fault: Fault): Promise<Column> {
  const world = await makeWorld(people)
  const bystanders = await openBystanders(people)
  await fault.make(stack, away)
  let asked: readonly Asked[]
  let faults: readonly string[]
  try {
    asked = await askAll(world)
    const expectedAway = fault.isOutage ? away : null
    faults = [
      ...asked.flatMap((one) => judgeRow(one, expectedAway)),
      ...(await judgeBystanders(bystanders, people, expectedAway)),
    ]
  } finally {
    await fault.takeBack(stack, away)
  }
  const healed = performance.now()
  const whole = await eventually(() => expectWhole(people), { timeout: 30_000, interval: 250 }).then(
    () => performance.now() - healed,
    () => null,
  )
  bystanders.timeline.close()
  bystanders.inbox.close()
  return { away, asked, faults: whole === null ? [...faults, 'never whole again'] : faults, wholeAfterMs: whole }
}

/** All operations at once, like the tabs of several users; unanswered ones are abandoned after the deadline. */
async function askAll(world: World): Promise<readonly Asked[]> {
  return Promise.all([...webOperations().values()].map((operation) => ask(operation, world)))
}

async function expectWhole(people: People): Promise<void> {
  const asked = await askAll(await makeWorld(people))
  const faults = asked.flatMap((one) => judgeRow(one, null))
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

function judgeRow(asked: Asked, away: Subgraph | null): readonly string[] {
  const expected = expectations[asked.operation]
  return expected === undefined ? [`${asked.operation}: has no expectation`] : judge(asked, expected, away)
}

async function ask({ name, type, text }: WebOperation, world: World): Promise<Asked> {
  const { as = ({ ann }: World) => ann, variables } = expectations[name] ?? { variables: () => ({}) }
  const client = as(world)
  const started = performance.now()
  const answering =
    type === OperationTypeNode.SUBSCRIPTION
      ? firstOf(client.anotherTab(), text, variables(world))
      : client.gql<unknown>(text, variables(world))
  const answer = await answering.catch(() => null)
  return { operation: name, type, answer, milliseconds: performance.now() - started }
}

/** The first frame, or the errors of the stream. */
async function firstOf(client: Client, text: string, variables: Record<string, unknown>) {
  const stream = client.subscribe<unknown>(text, variables)
  try {
    return await stream.next(deadlineMs).catch(async (error: unknown): Promise<GraphQLAnswer<unknown>> => {
      const end = await stream.ended(0)
      if (!Array.isArray(end)) throw error
      return { errors: end as NonNullable<GraphQLAnswer<unknown>['errors']> }
    })
  } finally {
    stream.close()
    await client.close()
  }
}

interface Bystanders {
  readonly timeline: Stream<GraphQLAnswer<{ timeline: Frame }>>
  readonly inbox: Stream<GraphQLAnswer<unknown>>
}

/** Streams that were open before: Ben's, all on one socket. */
async function openBystanders({ ben, conversation }: People): Promise<Bystanders> {
  const timeline = follow(ben, conversation, 0)
  const inbox = ben.subscribe(queries.inbox, { after: null })
  await Promise.all([timeline.next(), inbox.next()])
  return { timeline, inbox }
}

/** Only streams of the faulty subgraph may end, and the timeline stays live. */
async function judgeBystanders(
  { timeline, inbox }: Bystanders,
  { ann, conversation }: People,
  away: Subgraph | null,
): Promise<readonly string[]> {
  const faults: string[] = []
  if (away !== 'message') {
    const text = `Seen by bystanders ${randomUUID()}`
    await send(ann, conversation, text)
      .then(({ seq }) =>
        timeline.find(({ data }) => (data?.timeline.events ?? []).some((event) => event.seq >= seq), deadlineMs),
      )
      .catch((error: unknown) =>
        faults.push(`a stream that ran before brings nothing more: ${String(error).slice(0, 200)}`),
      )
  }
  if (away !== 'message' && (await hasEnded(inbox))) faults.push('an inbox stream that ran before has ended')
  return faults
}

const hasEnded = (stream: Stream<unknown>): Promise<boolean> =>
  stream.ended(0).then(
    () => true,
    () => false,
  )
