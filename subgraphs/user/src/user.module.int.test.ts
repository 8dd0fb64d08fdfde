import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { QueryBus } from '@nestjs/cqrs'
import type { KafkaContext } from '@nestjs/microservices'
import { userId } from '@parley/kernel/ids'
import { type TestDatabase, testDatabase } from '@parley/platform/postgres/testing/test-database'
import { bootContract } from '@parley/platform/testing/boot.contract'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { GetUsers } from './application/get-users'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { userEnv } from './env'
import { UserRequestsController } from './presentation/user-requests.controller'
import { revocationOf } from './testing/revocation-of'
import { TestBrowser } from './testing/test-browser'
import { migrationsFolder, startTestService, type TestService } from './testing/test-service'
import { UserModule } from './user.module'

const errors = 'errors { code message ... on InvalidField { field } }'
const register = `mutation ($input: RegisterInput!) { register(input: $input) {
  accessTokenExpiresAt user { id username displayName createdAt } ${errors} } }`
const logIn = `mutation ($input: LogInInput!) { logIn(input: $input) { user { username } ${errors} } }`
const updateProfile = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  user { displayName } ${errors} } }`
const findUsers = 'query ($query: String!, $first: Int) { findUsers(query: $query, first: $first) { username } }'
const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id displayName } } }'
const refresh = 'mutation { refreshSession { accessTokenExpiresAt user { username } } }'
const viewer = '{ viewer { id username displayName createdAt } }'

const password = 'correct horse battery'
const newName = (): string => `u_${randomUUID().replaceAll('-', '').slice(0, 16)}`
const code = ({ errors }: Awaited<ReturnType<TestBrowser['send']>>): string | undefined => errors?.[0]?.extensions.code

describe('the user subgraph', () => {
  let postgres: TestDatabase
  let service: TestService

  const newTab = (): TestBrowser => new TestBrowser(service.address)
  async function registered(displayName = 'Anna Berg'): Promise<{ tab: TestBrowser; username: string; id: string }> {
    const tab = newTab()
    const username = newName()
    const { data } = await tab.send(register, { input: { username, displayName, password } })
    return { tab, username, id: (data?.['register'] as { user: { id: string } }).user.id }
  }

  beforeAll(async () => {
    postgres = await testDatabase(migrationsFolder)
    service = await startTestService(postgres.url, {
      RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE: '1000',
      RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE: '1000',
      RATE_LIMIT_LOGIN_PER_MINUTE: '5',
    })
  })
  afterAll(async () => {
    await service.stop()
    await postgres.drop()
  })

  bootContract(
    { folder: __dirname, handlers: [...commandHandlers, ...queryHandlers], env: userEnv, module: UserModule },
    () => service,
  )

  describe('accounts', () => {
    it('registers, returns the viewer, and keeps tokens in cookies only', async () => {
      const { tab, username, id } = await registered('  Anna   Berg ')
      expect(tab.lastSet).toEqual([
        expect.stringMatching(/^parley_access=ey[\w.-]+; Max-Age=(600|59\d); Path=\/graphql; HttpOnly; SameSite=Lax$/),
        expect.stringMatching(
          /^parley_refresh=[\w-]{43}; Max-Age=(2592000|25919\d\d); Path=\/graphql; HttpOnly; SameSite=Lax$/,
        ),
        expect.stringMatching(/^parley_device=[\w.-]{45}; Max-Age=34560000; Path=\/graphql; HttpOnly; SameSite=Lax$/),
      ])
      expect(await tab.send(viewer)).toEqual({
        data: { viewer: { id, username, displayName: 'Anna Berg', createdAt: expect.any(String) as string } },
      })
    })

    it('lists all faults at once', async () => {
      const { data } = await newTab().send(register, { input: { username: 'a!', displayName: ' ', password: 'short' } })
      expect(data?.['register']).toMatchObject({
        user: null,
        errors: ['username', 'displayName', 'password'].map((field) => ({ code: 'INVALID_FIELD', field })),
      })
    })

    it('gives a username to one of many concurrent registrations', async () => {
      const input = { username: newName(), displayName: 'Racer', password }
      const answers = await Promise.all(Array.from({ length: 6 }, () => newTab().send(register, { input })))
      const outcomes = answers.map(({ data }) => (data?.['register'] as { errors: object[] }).errors)
      expect(outcomes.filter((faults) => faults.length === 0)).toHaveLength(1)
      for (const [fault] of outcomes.filter((faults) => faults.length > 0))
        expect(fault).toMatchObject({ code: 'USERNAME_TAKEN', field: 'username' })
    })

    it('changes the display name of the viewer, and refuses an invalid one', async () => {
      const { tab } = await registered()
      expect((await tab.send(updateProfile, { input: { displayName: 'Ännchen' } })).data).toEqual({
        updateProfile: { user: { displayName: 'Ännchen' }, errors: [] },
      })
      const refused = await tab.send(updateProfile, { input: { displayName: '\u200b' } })
      expect(refused.data).toMatchObject({
        updateProfile: { user: null, errors: [{ code: 'INVALID_FIELD', field: 'displayName' }] },
      })
    })

    it('finds users by the beginning of their names, without the viewer', async () => {
      const word = newName().slice(2)
      const searcher = await registered(`Searcher ${word}`)
      const found = await registered(`Jörg ${word}`)
      expect((await searcher.tab.send(findUsers, { query: `@${word.toUpperCase()}` })).data).toEqual({
        findUsers: [{ username: found.username }],
      })
      expect((await searcher.tab.send(findUsers, { query: '  ' })).data).toEqual({ findUsers: [] })
      expect((await searcher.tab.send(findUsers, { query: word, first: null })).errors).toBeUndefined()
      expect(code(await searcher.tab.send(findUsers, { query: 'a', first: 26 }))).toBe('INVALID_INPUT')
    })

    it('resolves references with public fields, each once, and in one read', async () => {
      const anna = await registered()
      const bert = await registered('Bert')
      const nobody = randomUUID()
      const of = [anna.id, bert.id, anna.id, nobody].map((id) => ({ __typename: 'User', id }))
      const read: unknown[] = []
      const watching = service.app.get(QueryBus).subscribe((query) => read.push(query))
      const { data, errors } = await anna.tab.send(entities, { of })
      watching.unsubscribe()
      expect(errors).toBeUndefined()
      expect(read).toEqual([new GetUsers([anna.id, bert.id, nobody].map(userId))])
      const ann = { id: anna.id, displayName: 'Anna Berg' }
      expect(data).toEqual({ _entities: [ann, { id: bert.id, displayName: 'Bert' }, ann, null] })
    })

    it('refuses anonymous callers', async () => {
      const { id } = await registered()
      const stranger = newTab()
      const of = [{ __typename: 'User', id }]
      expect(await stranger.send(viewer)).toMatchObject({ data: { viewer: null } })
      for (const [query, variables] of [
        [viewer, {}],
        [`{ user(id: "${id}") { id } }`, {}],
        [findUsers, { query: 'a' }],
        [entities, { of }],
        [updateProfile, { input: { displayName: 'Mallory' } }],
        [refresh, {}],
      ] as const) {
        expect(code(await stranger.send(query, variables))).toBe('UNAUTHENTICATED')
      }
    })

    it('answers the other subgraphs which users exist', async () => {
      const { id } = await registered()
      const value = Buffer.from(JSON.stringify({ userIds: [id, randomUUID(), id] }))
      const record = { getMessage: () => ({ value }) } as unknown as KafkaContext
      expect(await service.app.get(UserRequestsController).exist(record)).toEqual({ userIds: [id] })
    })

    it('has no user for an unknown id and refuses an invalid id', async () => {
      const { tab } = await registered()
      const unknown = await tab.send(`{ user(id: "${randomUUID()}") { id } }`)
      expect([unknown.data, code(unknown)]).toEqual([{ user: null }, 'NOT_FOUND'])
      expect(code(await tab.send('{ user(id: "1 or 1=1") { id } }'))).toBe('INVALID_INPUT')
    })
  })

  describe('sessions', () => {
    it('logs in, also in upper case, with the same error for a wrong name as for a wrong password', async () => {
      const { username } = await registered()
      const tab = newTab()
      expect((await tab.send(logIn, { input: { username: username.toUpperCase(), password } })).data).toEqual({
        logIn: { user: { username }, errors: [] },
      })
      const wrong = await newTab().send(logIn, { input: { username, password: 'wrong password' } })
      const unknown = await newTab().send(logIn, { input: { username: newName(), password } })
      expect(wrong.data).toEqual({
        logIn: { user: null, errors: [{ code: 'INVALID_CREDENTIALS', message: expect.any(String) as string }] },
      })
      expect(unknown.data).toEqual(wrong.data)
    })

    it('rotates the token on refresh', async () => {
      const { tab, username } = await registered()
      const before = tab.cookies.get('parley_refresh')
      expect((await tab.send(refresh)).data).toMatchObject({ refreshSession: { user: { username } } })
      expect(tab.cookies.get('parley_refresh')).not.toBe(before)
      expect((await tab.send(refresh)).errors).toBeUndefined()
    })

    it('gives the same answer to two tabs, and to a tab whose answer was lost', async () => {
      const { tab } = await registered()
      const slower = newTab()
      slower.cookies.set('parley_refresh', tab.cookies.get('parley_refresh') ?? '')
      await Promise.all([tab.send(refresh), slower.send(refresh)])
      expect(slower.cookies.get('parley_refresh')).toBe(tab.cookies.get('parley_refresh'))
      expect((await slower.send(viewer)).errors).toBeUndefined()
      expect((await tab.send(refresh)).errors).toBeUndefined()
    })

    it('revokes a session whose token is reused long after the next one was used, and announces it', async () => {
      const { tab } = await registered()
      const thief = newTab()
      thief.cookies.set('parley_refresh', tab.cookies.get('parley_refresh') ?? '')
      await tab.send(refresh)
      await tab.send(refresh)
      const sessionId = String(decodeJwt(tab.cookies.get('parley_access') ?? '')['sid'])
      await postgres.sql`update refresh_tokens set replaced_at = replaced_at - interval '1 minute' where session_id = ${sessionId}`
      const announced = await revocationOf(sessionId)
      expect(code(await thief.send(refresh))).toBe('UNAUTHENTICATED')
      expect(await announced.heard).toEqual({ sessionId })
      expect(code(await tab.send(refresh))).toBe('UNAUTHENTICATED')
      announced.stop()
    })

    it('logs out: the refresh token is invalid and the cookies are cleared', async () => {
      const { tab } = await registered()
      const kept = newTab()
      kept.cookies.set('parley_refresh', tab.cookies.get('parley_refresh') ?? '')
      expect((await tab.send('mutation { logOut { ok } }')).data).toEqual({ logOut: { ok: true } })
      expect([...tab.cookies.keys()]).toEqual(['parley_device'])
      expect(code(await kept.send(refresh))).toBe('UNAUTHENTICATED')
      expect((await tab.send('mutation { logOut { ok } }')).data).toEqual({ logOut: { ok: true } })
    })

    it('refuses the access token of a revoked session within 2 s, and lists the session', async () => {
      const { tab } = await registered()
      const kept = newTab()
      kept.cookies.set('parley_access', tab.cookies.get('parley_access') ?? '')
      expect((await kept.send(viewer)).errors).toBeUndefined()
      await tab.send('mutation { logOut { ok } }')
      const from = performance.now()
      while (code(await kept.send(viewer)) !== 'UNAUTHENTICATED') await pause(20)
      expect(performance.now() - from).toBeLessThan(2_000)
      const revoked = await fetch(new URL('revoked-sessions', service.env.JWKS_URL))
      const { sessionIds, cursor } = (await revoked.json()) as { sessionIds: string[]; cursor: string }
      expect(sessionIds).toContain(decodeJwt(kept.cookies.get('parley_access') ?? '')['sid'])
      expect(cursor).toMatch(/^\d+$/)
      for (const after of ['', "' or 1=1", '1'.repeat(40), '-1']) {
        const again = await fetch(new URL(`revoked-sessions?after=${encodeURIComponent(after)}`, service.env.JWKS_URL))
        expect(await again.json()).toMatchObject({ sessionIds: expect.arrayContaining(sessionIds) as string[] })
      }
    })

    it('limits the attempts for one username, with the time to wait', async () => {
      const { username } = await registered()
      const tries = await Promise.all(
        Array.from({ length: 7 }, () => newTab().send(logIn, { input: { username, password: 'a wrong password' } })),
      )
      const limited = tries.filter((answer) => code(answer) === 'RATE_LIMITED')
      expect(limited).toHaveLength(2)
      expect(limited[0]?.errors?.[0]?.message).toMatch(/^Too many tries\. Try again in \d+ seconds?\.$/)
    })

    it('lets the owner log in on a known device while others guess', async () => {
      const { tab, username } = await registered()
      await tab.send('mutation { logOut { ok } }')
      const guess = () => newTab().send(logIn, { input: { username, password: 'a wrong password' } })
      await Promise.all(Array.from({ length: 6 }, guess))
      expect(code(await newTab().send(logIn, { input: { username, password } }))).toBe('RATE_LIMITED')
      expect((await tab.send(logIn, { input: { username, password } })).data).toMatchObject({
        logIn: { errors: [] },
      })
    })

    it('serves the key that verifies its tokens', async () => {
      const { tab } = await registered()
      const jwks = (await (await fetch(service.env.JWKS_URL)).json()) as { keys: Record<string, unknown>[] }
      const { kid, alg } = decodeProtectedHeader(tab.cookies.get('parley_access') ?? '')
      expect(alg).toBe('ES256')
      const coordinates = { x: expect.any(String) as string, y: expect.any(String) as string }
      expect(jwks.keys).toEqual([{ kty: 'EC', crv: 'P-256', ...coordinates, kid, alg: 'ES256', use: 'sig' }])
    })
  })
})
