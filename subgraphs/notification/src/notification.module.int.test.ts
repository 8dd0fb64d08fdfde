import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommandBus, Query, QueryBus } from '@nestjs/cqrs'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import type { ExecutionResult } from 'graphql'
import type { Client } from 'graphql-ws'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { newConversation, newUser } from './testing/ids'
import { testService, type TestService } from './testing/test-service'

interface Update {
  readonly unread: number
  readonly conversation: { readonly id: string } | null
}

type Frame = ExecutionResult<{ badge: Update | null }>

const badgeStream = 'subscription { badge { unread conversation { id } } }'
const [ann, ben, cem] = [newUser(), newUser(), newUser()]
const conversationId = newConversation()
const origin = () => ({ id: randomUUID(), source: '/subgraphs/test', subject: conversationId, time: new Date() })
const member = (userId: UserId) => ({ userId, role: 'member' as const })
const sent = (seq: number, authorId: UserId): AnyIntegrationEvent =>
  integrationEvent(
    'MessageSent',
    { conversationId, seq, messageId: randomUUID(), authorId, excerpt: 'Hello' },
    origin(),
  )
const read = (seq: number, userId: UserId): AnyIntegrationEvent =>
  integrationEvent('MessageRead', { conversationId, userId, seq }, origin())

interface Class {
  readonly prototype: object
}

const isRequest = (exported: unknown): exported is Class =>
  typeof exported === 'function' && (exported.prototype instanceof Command || exported.prototype instanceof Query)

/** Every command and query that a file of application/ exports, whether anybody handles it or not. */
function requestClasses(): readonly Class[] {
  const folder = join(__dirname, 'application')
  const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'))
  return files.flatMap((file) =>
    Object.values(jest.requireActual<Record<string, unknown>>(join(folder, file))).filter(isRequest),
  )
}

/** Nest keeps both to itself and says only when it is asked to execute what nobody handles. */
const idsOf = (bus: object): readonly unknown[] =>
  'handlers' in bus && bus.handlers instanceof Map ? [...(bus.handlers as Map<unknown, unknown>).keys()] : []
const idOf = (request: object): unknown =>
  ['__command__', '__query__']
    .map((key) => (Reflect.getMetadata(key, request) as { id?: string } | undefined)?.id)
    .find((id) => id !== undefined)

describe('The notification subgraph', () => {
  let service: TestService
  let socket: Client

  const publish = (...events: AnyIntegrationEvent[]) => service.app.get(EventProducer).publish(events)

  async function unreadOf(userId: UserId): Promise<unknown> {
    const { body } = await service.post('{ badge { unread } }', await service.tokens.tokenFor(userId))
    return body.data?.['badge']
  }

  const eventuallyUnread = (userId: UserId, unread: number) =>
    eventually(async () => JSON.stringify(await unreadOf(userId)) === JSON.stringify({ unread }))

  /** Everything that the stream brings, as it comes; `errors` when that is its last word. */
  async function follow(userId: UserId, seconds?: number) {
    const authorization = `Bearer ${await service.tokens.tokenFor(userId, seconds)}`
    const stream = socket.iterate<{ badge: Update | null }>({ query: badgeStream, extensions: { authorization } })
    const next = async (): Promise<Frame | undefined> =>
      ((await stream.next()) as IteratorResult<Frame, undefined>).value
    return { next, nextUpdate: async () => (await next())?.data?.badge, end: () => stream.return?.() }
  }

  beforeAll(async () => {
    service = await testService()
    socket = service.openSocket()
    const members = [ann, ben].map(member)
    const data = { conversationId, streamVersion: 1, actorId: ann, kind: 'group' as const, title: 'Three', members }
    await publish(integrationEvent('ConversationStarted', data, origin()))
  }, 60_000)

  afterAll(async () => {
    await socket.dispose()
    await service.close()
  }, 60_000)

  it('has a handler for every command and query', () => {
    const classes = requestClasses()
    expect(classes.length).toBe(commandHandlers.length + queryHandlers.length)
    for (const request of classes) {
      const bus = request.prototype instanceof Query ? service.app.get(QueryBus) : service.app.get(CommandBus)
      expect(idsOf(bus)).toContain(idOf(request))
    }
  })

  it('is alive and ready', async () => {
    const answers = await Promise.all(
      ['live', 'ready'].map((path) => fetch(`http://127.0.0.1:${service.port}/health/${path}`)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  it('I10: shows no badge to nobody', async () => {
    const { body } = await service.post('{ badge { unread } }')
    expect(body).toMatchObject({ data: { badge: null }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  it('counts what Kafka brings, once, in whatever order', async () => {
    const [first, second] = [sent(2, ann), sent(3, ann)]
    await publish(first, second, first)
    await eventuallyUnread(ben, 2)
    await publish(read(5, ben), sent(5, ann), sent(4, ann), second)
    // One partition, one order: once the last is counted, all are.
    await publish(sent(6, ann), sent(7, ben))
    await eventuallyUnread(ann, 1)
    expect(await unreadOf(ben)).toEqual({ unread: 1 })
  }, 30_000)

  it('follows the badge live: at once, then with each conversation that changes', async () => {
    const [bens, anns] = [await follow(ben), await follow(ann)]
    expect(await bens.nextUpdate()).toEqual({ unread: 1, conversation: null })
    expect(await anns.nextUpdate()).toEqual({ unread: 1, conversation: null })
    await publish(sent(8, ann))
    expect(await bens.nextUpdate()).toEqual({ unread: 2, conversation: { id: conversationId } })
    // The author's other devices move the conversation up.
    expect(await anns.nextUpdate()).toEqual({ unread: 1, conversation: { id: conversationId } })
    await publish(read(8, ben))
    expect(await bens.nextUpdate()).toEqual({ unread: 0, conversation: { id: conversationId } })
    await Promise.all([bens.end(), anns.end()])
  }, 30_000)

  it('tells somebody who is added, what is said from then on, and nothing after they left', async () => {
    const cems = await follow(cem)
    expect(await cems.nextUpdate()).toEqual({ unread: 0, conversation: null })
    const added = { conversationId, streamVersion: 2, actorId: ann, memberId: cem, role: 'member' as const }
    await publish(integrationEvent('MemberJoined', added, origin()), read(9, cem), sent(10, ben))
    await eventuallyUnread(cem, 1)
    await publish(
      integrationEvent(
        'MemberLeft',
        { conversationId, streamVersion: 3, actorId: cem, memberId: cem, heirId: null },
        origin(),
      ),
    )
    await eventuallyUnread(cem, 0)
    let update = await cems.nextUpdate()
    expect(update?.conversation).toEqual({ id: conversationId })
    while (update?.unread !== 0) update = await cems.nextUpdate()
    await publish(sent(12, ben))
    await eventuallyUnread(ann, 3)
    expect(await unreadOf(cem)).toEqual({ unread: 0 })
    await cems.end()
  }, 30_000)

  it('I7: ends a stream with its token, and leaves the other streams of the socket alone', async () => {
    const [short, long] = [await follow(ben, 2), await follow(ann)]
    await Promise.all([short.nextUpdate(), long.nextUpdate()])
    let last = await short.next()
    while (last?.errors === undefined) last = await short.next()
    expect(last.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
    await publish(sent(13, ben))
    expect((await long.nextUpdate())?.conversation).toEqual({ id: conversationId })
    await long.end()
  }, 30_000)

  it('refuses a stream to nobody', async () => {
    const stream = socket.iterate({ query: badgeStream })
    expect(JSON.stringify(await stream.next())).toContain('UNAUTHENTICATED')
  })

  it('ends its streams when it stops, and stops', async () => {
    const anns = await follow(ann)
    await anns.nextUpdate()
    const rest = anns.next()
    await service.close()
    expect((await rest.catch(() => undefined))?.data).toBeUndefined()
  }, 30_000)
})
