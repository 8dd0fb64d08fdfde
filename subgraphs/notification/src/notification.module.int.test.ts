import { randomUUID } from 'node:crypto'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { bootContract } from '@parley/platform/testing/boot.contract'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { codeOf } from '@parley/platform/testing/subgraph-client'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { notificationEnv } from './env'
import { NotificationModule } from './notification.module'
import { startTestService, type TestService } from './testing/test-service'

interface Page {
  readonly edges: readonly { cursor: string; node: Readonly<Record<string, unknown>> }[]
  readonly pageInfo: Readonly<Record<string, unknown>>
}

const fields = `edges { cursor node { id kind messageId conversationId conversation { id } actorId actor { id } at } }
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

describe('The notification subgraph', () => {
  let service: TestService

  const publish = (...events: AnyIntegrationEvent[]) => service.app.get(EventProducer).publish(events)

  async function page(userId: UserId, args = ''): Promise<Page> {
    const token = await service.owner.token({ userId })
    const { data } = await service.client.send<{ notifications: Page }>(token, `{ notifications${args} { ${fields} } }`)
    return data?.notifications as Page
  }

  const told = async (userId: UserId) => (await page(userId)).edges.map(({ node }) => node['conversationId'])

  const eventuallyTold = (userId: UserId, ...conversationIds: string[]) =>
    eventually(async () => JSON.stringify(await told(userId)) === JSON.stringify(conversationIds))

  async function refusalOf(query: string, userId?: UserId): Promise<string | undefined> {
    const token = userId === undefined ? null : await service.owner.token({ userId })
    return codeOf(await service.client.send(token, query))
  }

  beforeAll(async () => {
    service = await startTestService()
  }, 60_000)

  afterAll(() => service.stop(), 60_000)

  bootContract(
    {
      folder: __dirname,
      handlers: [...commandHandlers, ...queryHandlers],
      env: notificationEnv,
      module: NotificationModule,
    },
    () => service,
  )

  it('I10: lists nothing without a session, and refuses invalid arguments', async () => {
    expect(await refusalOf('{ notifications { edges { cursor } } }')).toBe('UNAUTHENTICATED')
    for (const args of ['first: 0', 'first: 101', 'after: "next"'])
      expect(await refusalOf(`{ notifications(${args}) { edges { cursor } } }`, ann)).toBe('INVALID_INPUT')
  })

  it('notifies people who are added, once, but not the actor', async () => {
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
            messageId: null,
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

  it('removes the notifications of a former member, also when records are redelivered', async () => {
    const dan = newUser()
    const [here, there] = [newConversation(), newConversation()]
    const events = [started(here, ann, dan), left(here, dan)]
    await publish(started(there, ann, dan), ...events)
    await eventuallyTold(dan, there)
    await publish(...events, joined(here, ben, dan))
    await eventuallyTold(dan, here, there)
  }, 30_000)

  it('notifies those whom a message mentions, and takes it back when an edit or a deletion does', async () => {
    const [conversationId, messageId, fay, gus] = [newConversation(), randomUUID(), newUser(), newUser()]
    const about = { conversationId, messageId, authorId: ann, excerpt: 'Hello' }
    const sent = integrationEvent('MessageSent', { ...about, seq: 1, mentioned: [fay] }, origin(conversationId))
    await publish(sent, sent)
    await eventuallyTold(fay, conversationId)
    const [edge] = (await page(fay)).edges
    expect(edge?.node).toMatchObject({ id: `${sent.id}:${fay}`, kind: 'MENTIONED', messageId, actorId: ann })
    const edit = { ...about, seq: 2, mentioned: [gus], unmentioned: [fay] }
    await publish(integrationEvent('MessageEdited', edit, origin(conversationId)), sent)
    await eventuallyTold(gus, conversationId)
    await eventuallyTold(fay)
    const deletion = { ...about, excerpt: '', seq: 3 }
    await publish(integrationEvent('MessageDeleted', deletion, origin(conversationId)))
    await eventuallyTold(gus)
  }, 30_000)

  it('I7: does not tell a former member of a mention that arrives after their leaving', async () => {
    const [conversationId, hal] = [newConversation(), newUser()]
    await publish(started(conversationId, ann, hal))
    await eventuallyTold(hal, conversationId)
    await publish(left(conversationId, hal))
    await eventuallyTold(hal)
    const about = { conversationId, messageId: randomUUID(), authorId: ann, excerpt: 'Hello' }
    const late = integrationEvent('MessageSent', { ...about, seq: 9, mentioned: [hal, cem] }, origin(conversationId))
    await publish(late)
    await eventually(async () => (await told(cem)).includes(conversationId))
    expect(await told(hal)).toEqual([])
  }, 30_000)

  it('lists page by page, newest first', async () => {
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
