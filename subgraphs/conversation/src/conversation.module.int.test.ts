import { randomUUID } from 'node:crypto'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { SQL, type Sql } from '@parley/platform/postgres/database'
import type { TestDatabase } from '@parley/platform/postgres/testing/test-database'
import { bootContract } from '@parley/platform/testing/boot.contract'
import { newUser } from '@parley/platform/testing/ids'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { KnownUsers } from './application/known-users'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { ConversationModule } from './conversation.module'
import { conversationEnv } from './env'
import { outbox } from './infrastructure/schema'
import {
  type Answer,
  addMembers,
  type Connection,
  conversation,
  conversations,
  createGroup,
  entities,
  leave,
  rename,
  setTopic,
  startDirect,
  userErrorsIn,
} from './testing/operations'
import { testPostgres } from './testing/test-postgres'
import { people } from './testing/people'
import { accounts, startTestService, type TestService } from './testing/test-service'

describe('the conversation subgraph', () => {
  let postgres: TestDatabase
  let owner: TestOwner
  let service: TestService

  const { send, shown, person, group } = people(
    () => service,
    () => owner,
  )
  const code = (answer: Answer): string | undefined =>
    answer.errors?.[0]?.extensions.code ?? userErrorsIn(answer)[0]?.code

  beforeAll(async () => {
    postgres = await testPostgres()
    owner = await TestOwner.start()
    service = await startTestService(postgres.url, owner.env.JWKS_URL)
  }, 60_000)
  afterAll(async () => {
    await service.stop()
    owner.stop()
    await postgres.drop()
  }, 60_000)

  bootContract(
    {
      folder: __dirname,
      handlers: [...commandHandlers, ...queryHandlers],
      env: conversationEnv,
      module: ConversationModule,
    },
    () => service,
  )

  it('shows nothing to an anonymous caller', async () => {
    expect(code(await send(null, conversations))).toBe('UNAUTHENTICATED')
    expect(code(await send(null, conversation, { id: randomUUID() }))).toBe('UNAUTHENTICATED')
    expect(code(await send(null, leave, { input: { conversationId: randomUUID() } }))).toBe('UNAUTHENTICATED')
  })

  describe('direct conversations', () => {
    it('are one for a pair, whichever of them starts it, concurrently or later', async () => {
      const [anna, ben] = [await person(), await person()]
      const starts = [
        [anna, ben],
        [ben, anna],
        [anna, ben],
        [ben, anna],
      ] as const
      const raced = await Promise.all(
        starts.map(([by, userId]) => shown(by, 'startDirectConversation', startDirect, { userId })),
      )
      expect(new Set(raced.map(({ id }) => id)).size).toBe(1)
      expect(raced[0]).toMatchObject({ kind: 'DIRECT', title: null, memberCount: 2 })
      expect(new Set(raced[0]?.members.map(({ user, role }) => `${user.id} ${role}`))).toEqual(
        new Set([`${anna} MEMBER`, `${ben} MEMBER`]),
      )
    })
    it('have the other person as peer, and groups have none', async () => {
      const [anna, ben] = [await person(), await person()]
      const { id } = await shown(anna, 'startDirectConversation', startDirect, { userId: ben })
      const peer = 'query ($id: ID!) { conversation(id: $id) { peerId peer { id } } }'
      const of = async (viewer: UserId, of: string) => (await send(viewer, peer, { id: of })).data
      expect(await of(anna, id)).toEqual({ conversation: { peerId: ben, peer: { id: ben } } })
      expect(await of(ben, id)).toEqual({ conversation: { peerId: anna, peer: { id: anna } } })
      const { id: trio } = await group(anna, [ben])
      expect(await of(anna, trio)).toEqual({ conversation: { peerId: null, peer: null } })
    })
    it('are refused with oneself, with an unknown user, and with an invalid id', async () => {
      const anna = await person()
      expect(code(await send(anna, startDirect, { input: { userId: anna } }))).toBe('INVALID_INPUT')
      expect(code(await send(anna, startDirect, { input: { userId: 'ben' } }))).toBe('INVALID_INPUT')
      const nobody = newUser()
      const answer = await send(anna, startDirect, { input: { userId: nobody } })
      const message = `There is no account with the id ${nobody}.`
      expect(answer.data).toEqual({
        startDirectConversation: { conversation: null, errors: [{ code: 'UNKNOWN_PERSON', message }] },
      })
    })
    it('cannot be changed', async () => {
      const [anna, ben, cleo] = [await person(), await person(), await person()]
      const { id: conversationId } = await shown(anna, 'startDirectConversation', startDirect, { userId: ben })
      expect(code(await send(anna, addMembers, { input: { conversationId, userIds: [cleo] } }))).toBe(
        'DIRECT_CONVERSATION',
      )
      expect(code(await send(anna, rename, { input: { conversationId, title: 'Us' } }))).toBe('DIRECT_CONVERSATION')
      expect(code(await send(anna, setTopic, { input: { conversationId, topic: 'Us' } }))).toBe('DIRECT_CONVERSATION')
      expect(code(await send(anna, leave, { input: { conversationId } }))).toBe('DIRECT_CONVERSATION')
    })
  })

  describe('groups', () => {
    it('are created once for a client id', async () => {
      const [anna, ben] = [await person(), await person()]
      const clientId = randomUUID()
      const raced = await Promise.all(Array.from({ length: 4 }, () => group(anna, [ben], ' Summer  2027 ', clientId)))
      expect(new Set(raced.map(({ id }) => id)).size).toBe(1)
      expect(raced[0]).toMatchObject({ kind: 'GROUP', title: 'Summer 2027', memberCount: 2 })
      expect(raced[0]?.members.map(({ user, role }) => [user.id, role])).toEqual([
        [anna, 'OWNER'],
        [ben, 'MEMBER'],
      ])
      const other = { clientId, title: 'Winter', memberIds: [ben] }
      expect(code(await send(anna, createGroup, { input: other }))).toBe('CLIENT_ID_REUSED')
    })
    it('are changed by their members', async () => {
      const [anna, ben, cleo] = [await person(), await person(), await person()]
      const { id: conversationId } = await group(anna, [ben])
      const added = await shown(ben, 'addMembers', addMembers, { conversationId, userIds: [cleo, anna] })
      expect(added.members.map(({ user }) => user.id)).toEqual([anna, ben, cleo])
      expect((await shown(cleo, 'renameConversation', rename, { conversationId, title: 'Later' })).title).toBe('Later')
      expect((await shown(cleo, 'setTopic', setTopic, { conversationId, topic: ' Tents ' })).topic).toBe('Tents')
      expect((await shown(cleo, 'setTopic', setTopic, { conversationId, topic: '' })).topic).toBeNull()
      expect(await send(anna, leave, { input: { conversationId } })).toEqual({
        data: { leaveConversation: { conversationId, errors: [] } },
      })
      expect(code(await send(anna, conversation, { id: conversationId }))).toBe('NOT_FOUND')
      expect((await send(ben, conversation, { id: conversationId })).data?.['conversation']).toMatchObject({
        memberCount: 2,
        members: [
          { user: { id: ben }, role: 'OWNER' },
          { user: { id: cleo }, role: 'MEMBER' },
        ],
      })
    })
    it('accept many concurrent members up to the limit', async () => {
      const [anna, ...others] = await Promise.all(Array.from({ length: 100 }, person))
      if (anna === undefined) throw new Error('No user has been made')
      const { id: conversationId } = await group(anna, [])
      const full = await shown(anna, 'addMembers', addMembers, { conversationId, userIds: others })
      expect(full.members.map(({ user }) => user.id)).toEqual([anna, ...others])
      const input = { conversationId, userIds: [await person()] }
      expect(code(await send(anna, addMembers, { input }))).toBe('TOO_MANY_MEMBERS')
    })
    it('show each mutation of one operation the effect of the one before', async () => {
      const [anna, ben, cleo] = [await person(), await person(), await person()]
      const { id } = await group(anna, [])
      const add = (alias: string, who: string) =>
        `${alias}: addMembers(input: { conversationId: "${id}", userIds: ["${who}"] }) { conversation { members { user { id } } } }`
      const { data } = await send(anna, `mutation { ${add('one', ben)} ${add('two', cleo)} }`)
      expect(data).toMatchObject({
        one: { conversation: { members: [anna, ben].map((who) => ({ user: { id: who } })) } },
        two: { conversation: { members: [anna, ben, cleo].map((who) => ({ user: { id: who } })) } },
      })
    })
    it.each([
      ['an empty title', { title: ' ' }, { code: 'INVALID_FIELD', field: 'title' }],
      ['a long title', { title: 'x'.repeat(81) }, { code: 'INVALID_FIELD', field: 'title' }],
      ['a client id that is none', { clientId: 'mine' }, { code: 'INVALID_INPUT' }],
      ['a member who is no id', { memberIds: ['ben'] }, { code: 'INVALID_INPUT' }],
      ['more members than fit', { memberIds: Array.from({ length: 101 }, newUser) }, { code: 'TOO_MANY_MEMBERS' }],
    ])('refuse %s', async (_, wrong, expected) => {
      const input = { clientId: randomUUID(), title: 'Weekend', memberIds: [], ...wrong }
      expect(userErrorsIn(await send(await person(), createGroup, { input }))).toEqual([
        expect.objectContaining(expected),
      ])
    })
    it('look to non-members as if they did not exist', async () => {
      const [anna, ben] = [await person(), await person()]
      const { id: conversationId } = await group(anna, [])
      for (const id of [conversationId, randomUUID()]) {
        const answers = [
          await send(ben, conversation, { id }),
          await send(ben, addMembers, { input: { conversationId: id, userIds: [ben] } }),
          await send(ben, rename, { input: { conversationId: id, title: 'Mine' } }),
          await send(ben, setTopic, { input: { conversationId: id, topic: 'Mine' } }),
          await send(ben, leave, { input: { conversationId: id } }),
        ]
        const sentence = 'There is no such conversation, or you are not a member of it.'
        for (const { errors } of answers)
          expect(errors?.[0]).toMatchObject({ message: sentence, extensions: { code: 'NOT_FOUND' } })
      }
    })
  })

  describe('the list', () => {
    async function page(viewer: UserId, variables: Record<string, unknown>): Promise<Connection> {
      const { data, errors } = await send(viewer, conversations, variables)
      expect(errors).toBeUndefined()
      return data?.['conversations'] as unknown as Connection
    }

    it('is empty at first', async () => {
      const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
      const empty = { edges: [], pageInfo }
      expect(await page(await person(), {})).toEqual(empty)
      expect(await page(await person(), { first: null, after: null })).toEqual(empty)
    })
    it('is read page by page, newest first, with the members of each', async () => {
      const [anna, ben] = [await person(), await person()]
      const created: string[] = []
      for (let count = 0; count < 5; count += 1) created.unshift((await group(anna, [ben], `Group ${count}`)).id)
      const first = await page(ben, { first: 2 })
      const second = await page(ben, { first: 2, after: first.pageInfo.endCursor })
      const third = await page(ben, { first: 2, after: second.pageInfo.endCursor })
      expect([first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false])
      expect([first, second, third].map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual([false, true, true])
      expect(second.pageInfo.startCursor).toBe(second.edges[0]?.cursor)
      const edges = [first, second, third].flatMap((one) => one.edges)
      expect(edges.map(({ node }) => node.id).toSorted()).toEqual(created.toSorted())
      expect(edges.map(({ node }) => node.members.length)).toEqual([2, 2, 2, 2, 2])
    })
    it('takes as many statements for a hundred rows as for one', async () => {
      const [anna, ben] = [await person(), await person()]
      await Promise.all(Array.from({ length: 100 }, (_, count) => group(anna, [ben], `Group ${count}`)))
      const statements = jest.spyOn(service.app.get<Sql>(SQL), 'unsafe')
      // The relay of the outbox and the consumers of Kafka work beside it: only what reads the list's own tables counts.
      const counted = () => statements.mock.calls.filter(([text]) => /^select .* from "members"/.test(text)).length
      expect((await page(anna, { first: 1 })).edges).toHaveLength(1)
      const ofOne = counted()
      expect((await page(anna, { first: 100 })).edges).toHaveLength(100)
      expect([ofOne > 0, counted()]).toEqual([true, 2 * ofOne])
      statements.mockRestore()
    })
    it('is sorted by the last activity', async () => {
      const [anna, ben] = [await person(), await person()]
      const [one, two] = [await group(anna, [ben], 'One'), await group(anna, [ben], 'Two')]
      await shown(anna, 'renameConversation', rename, { conversationId: one.id, title: 'Once more' })
      expect((await page(ben, {})).edges.map(({ node }) => node.id)).toEqual([one.id, two.id])
    })
    it.each([[{ first: 0 }], [{ first: 101 }], [{ first: -1 }], [{ after: 'x' }], [{ after: '' }]])(
      'refuses %j',
      async (variables) => {
        expect(code(await send(await person(), conversations, variables))).toBe('INVALID_INPUT')
      },
    )
  })

  it('resolves a reference for members only, each in its place', async () => {
    const [anna, ben] = [await person(), await person()]
    const [hers, both] = [await group(anna, [], 'Hers'), await group(anna, [ben], 'Both')]
    const of = [hers.id, both.id, randomUUID(), both.id].map((id) => ({ __typename: 'Conversation', id }))
    const visible = { id: both.id, title: 'Both', memberCount: 2 }
    expect((await send(ben, entities, { of })).data).toEqual({ _entities: [null, visible, null, visible] })
    expect((await send(null, entities, { of })).data).toEqual({ _entities: [null, null, null, null] })
  })

  describe('over Kafka', () => {
    it('learns who registered', async () => {
      const anna = newUser()
      const origin = { id: randomUUID(), source: '/subgraphs/user', subject: anna, time: new Date() }
      const event = integrationEvent('UserRegistered', { userId: anna, username: 'anna', displayName: 'Anna' }, origin)
      await service.app.get(EventProducer).publish([event])
      await eventually(async () => (await service.app.get(KnownUsers).among([anna])).has(anna), 30_000)
    }, 40_000)

    it('receives messages, and moves the conversation up', async () => {
      const anna = await person()
      const { id } = await group(anna, [], 'Quiet')
      await group(anna, [], 'Newer')
      const origin = {
        id: randomUUID(),
        source: '/subgraphs/message',
        subject: id,
        time: new Date(Date.now() + 60_000),
      }
      const data = { conversationId: id, seq: 2, messageId: randomUUID(), authorId: anna, excerpt: 'Hello' }
      await service.app.get(EventProducer).publish([integrationEvent('MessageSent', data, origin)])
      await eventually(async () => {
        const { data } = await send(anna, '{ conversations { edges { node { id lastActivityAt } } } }')
        const [first] = (data?.['conversations'] as unknown as { edges: { node: object }[] }).edges
        return JSON.stringify(first?.node) === JSON.stringify({ id, lastActivityAt: origin.time.toISOString() })
      }, 30_000)
    }, 40_000)

    it('asks the user subgraph about an unknown user', async () => {
      const anna = await person()
      const newcomer = newUser()
      accounts.add(newcomer)
      const answered = async () => {
        const answer = await send(anna, startDirect, { input: { userId: newcomer } })
        // Until Kafka is connected the answer is UNAVAILABLE: an outage must not report a user as missing.
        expect([undefined, 'UNAVAILABLE']).toContain(code(answer))
        return code(answer) === undefined
      }
      await eventually(answered, 30_000)
      expect(await service.app.get(KnownUsers).among([newcomer])).toEqual(new Set([newcomer]))
      const nobody = await send(anna, startDirect, { input: { userId: newUser() } })
      expect(code(nobody)).toBe('UNKNOWN_PERSON')
    }, 40_000)

    it('describes a conversation to other subgraphs, and null for none', async () => {
      const [anna, ben] = [await person(), await person()]
      const { id: conversationId } = await group(anna, [ben], 'Described')
      const ask = (id: string) => service.neighbour.request('parley.conversation.describe', id, { conversationId: id })
      const described = await eventually(async () => (await ask(conversationId).catch(() => null)) ?? false, 30_000)
      expect(described).toEqual({
        conversationId,
        streamVersion: 1,
        kind: 'group',
        title: 'Described',
        members: [
          { userId: anna, role: 'owner' },
          { userId: ben, role: 'member' },
        ],
      })
      expect(await ask(randomUUID())).toBeNull()
    }, 40_000)

    it('empties its outbox', async () => {
      await group(await person(), [])
      await eventually(async () => (await postgres.db.select().from(outbox)).length === 0)
    })
  })
})
