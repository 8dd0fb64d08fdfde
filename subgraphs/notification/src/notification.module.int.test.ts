import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommandBus, Query, QueryBus } from '@nestjs/cqrs'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { newConversation, newUser } from './testing/ids'
import { testService, type TestService } from './testing/test-service'

interface Page {
  readonly edges: readonly { cursor: string; node: Readonly<Record<string, unknown>> }[]
  readonly pageInfo: Readonly<Record<string, unknown>>
}

const fields = `edges { cursor node { id kind conversationId conversation { id } actorId actor { id } at } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`
const [ann, ben, cem] = [newUser(), newUser(), newUser()]
const member = (userId: UserId) => ({ userId, role: 'member' as const })

let versions = 0
const origin = (conversationId: string) => ({
  id: randomUUID(),
  source: '/subgraphs/test',
  subject: conversationId,
  time: new Date(),
})
const place = (conversationId: string, actorId: UserId) => ({ conversationId, streamVersion: ++versions, actorId })
const started = (conversationId: string, by: UserId, ...others: UserId[]): AnyIntegrationEvent =>
  integrationEvent(
    'ConversationStarted',
    { ...place(conversationId, by), kind: 'group', title: 'Test', members: [by, ...others].map(member) },
    origin(conversationId),
  )
const joined = (conversationId: string, by: UserId, memberId: UserId): AnyIntegrationEvent =>
  integrationEvent('MemberJoined', { ...place(conversationId, by), memberId, role: 'member' }, origin(conversationId))
const left = (conversationId: string, memberId: UserId): AnyIntegrationEvent =>
  integrationEvent('MemberLeft', { ...place(conversationId, memberId), memberId, heirId: null }, origin(conversationId))
const renamed = (conversationId: string, by: UserId): AnyIntegrationEvent =>
  integrationEvent('TitleChanged', { ...place(conversationId, by), title: 'New' }, origin(conversationId))

interface Class {
  readonly prototype: object
}

const isRequest = (exported: unknown): exported is Class =>
  typeof exported === 'function' && (exported.prototype instanceof Command || exported.prototype instanceof Query)

/** Every command and query that a file of application/ exports, whether it has a handler or not. */
function requestClasses(): readonly Class[] {
  const folder = join(__dirname, 'application')
  const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'))
  return files.flatMap((file) =>
    Object.values(jest.requireActual<Record<string, unknown>>(join(folder, file))).filter(isRequest),
  )
}

/** Nest keeps both to itself and says only when it is asked to execute what has no handler. */
const idsOf = (bus: object): readonly unknown[] =>
  'handlers' in bus && bus.handlers instanceof Map ? [...(bus.handlers as Map<unknown, unknown>).keys()] : []
const idOf = (request: object): unknown =>
  ['__command__', '__query__']
    .map((key) => (Reflect.getMetadata(key, request) as { id?: string } | undefined)?.id)
    .find((id) => id !== undefined)

describe('The notification subgraph', () => {
  let service: TestService

  const publish = (...events: AnyIntegrationEvent[]) => service.app.get(EventProducer).publish(events)

  async function page(userId: UserId, args = ''): Promise<Page> {
    const { body } = await service.post(`{ notifications${args} { ${fields} } }`, await service.tokens.tokenFor(userId))
    return body.data?.['notifications'] as Page
  }

  const told = async (userId: UserId) => (await page(userId)).edges.map(({ node }) => node['conversationId'])

  const eventuallyTold = (userId: UserId, ...conversationIds: string[]) =>
    eventually(async () => JSON.stringify(await told(userId)) === JSON.stringify(conversationIds))

  async function codeOf(query: string, userId?: UserId): Promise<unknown> {
    const { body } = await service.post(query, userId && (await service.tokens.tokenFor(userId)))
    return body.errors?.[0]?.extensions.code
  }

  beforeAll(async () => {
    service = await testService()
  }, 60_000)

  afterAll(() => service.close(), 60_000)

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

  it('I10: lists nothing without a session, and refuses what cannot be asked', async () => {
    expect(await codeOf('{ notifications { edges { cursor } } }')).toBe('UNAUTHENTICATED')
    for (const args of ['first: 0', 'first: 101', 'after: "next"'])
      expect(await codeOf(`{ notifications(${args}) { edges { cursor } } }`, ann)).toBe('INVALID_INPUT')
  })

  it('tells everybody who is added, once, but not those who add', async () => {
    const [conversationId, other] = [newConversation(), newConversation()]
    const start = started(conversationId, ann, ben)
    await publish(start, start, renamed(conversationId, ben), joined(conversationId, ben, cem))
    await eventuallyTold(cem, conversationId)
    await publish(started(other, cem, ann))
    await eventuallyTold(ann, other)
    expect(await page(ben)).toEqual({
      edges: [
        {
          cursor: expect.any(String) as string,
          node: {
            id: `${start.id}:${ben}`,
            kind: 'ADDED',
            conversationId,
            conversation: { id: conversationId },
            actorId: ann,
            actor: { id: ann },
            at: start.time,
          },
        },
      ],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: expect.any(String) as string,
        endCursor: expect.any(String) as string,
      },
    })
  }, 30_000)

  it('tells those who left nothing of that conversation any more, also when records come again', async () => {
    const dan = newUser()
    const [here, there] = [newConversation(), newConversation()]
    const events = [started(here, ann, dan), left(here, dan)]
    await publish(started(there, ann, dan), ...events)
    await eventuallyTold(dan, there)
    await publish(...events, joined(here, ben, dan))
    await eventuallyTold(dan, here, there)
  }, 30_000)

  it('lists page by page, the newest first', async () => {
    const eve = newUser()
    const ids = Array.from({ length: 5 }, newConversation)
    for (const [index, id] of ids.entries()) {
      await publish(started(id, ann, eve))
      await eventually(async () => (await told(eve)).length === index + 1)
    }
    const first = await page(eve, '(first: 2)')
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const rest = await page(eve, `(first: 3, after: "${String(first.pageInfo['endCursor'])}")`)
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const listed = [...first.edges, ...rest.edges].map(({ node }) => node['conversationId'])
    expect(listed).toEqual([...ids].reverse())
  }, 30_000)
})
