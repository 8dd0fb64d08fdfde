import { randomBytes } from 'node:crypto'
import { isOutage } from '@parley/platform/failures'
import { openPostgres } from '@parley/platform/postgres/open-postgres'
import { proxiedUrl } from '@parley/platform/testing/proxied-engines'
import { type TestDatabase, testDatabase } from '@parley/platform/postgres/testing/test-database'
import { drizzle } from 'drizzle-orm/postgres-js'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import type { UserEnv } from '../env'
import { newUserId } from '../testing/sample-accounts'
import { migrationsFolder } from '../testing/test-service'
import { JwtIssuer } from './jwt-issuer'
import { signingKeys } from './schema'
import { rotateSigningKey } from './signing-key-store'
import { SigningKeys } from './signing-keys'

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000)

describe('signing keys', () => {
  let postgres: TestDatabase
  const secret = randomBytes(32)
  const env = {
    SIGNING_KEY_SECRET: secret,
    ACCESS_TOKEN_SECONDS: 600,
    JWT_ISSUER: 'parley',
    JWT_AUDIENCE: 'clients',
  } as UserEnv

  async function started(withEnv = env): Promise<SigningKeys> {
    const keys = new SigningKeys(postgres.db, withEnv)
    await keys.onModuleInit()
    return keys
  }
  beforeAll(async () => void (postgres = await testDatabase(migrationsFolder)))
  afterAll(() => postgres.drop())

  it('are created once by any number of concurrently started instances', async () => {
    const instances = await Promise.all(Array.from({ length: 8 }, () => started()))
    expect(await postgres.db.select().from(signingKeys)).toHaveLength(1)
    const kids = await Promise.all(instances.map(async (keys) => (await keys.signer(new Date())).kid))
    expect(new Set(kids).size).toBe(1)
  })

  it('are sealed in the table, and the private part is never published', async () => {
    const keys = await started()
    const published = JSON.stringify([await postgres.db.select().from(signingKeys), await keys.published(new Date())])
    expect(published).not.toMatch(/"d":|\\"d\\":/)
  })

  it('stop a start with another secret, with the reason', async () => {
    await expect(started({ ...env, SIGNING_KEY_SECRET: randomBytes(32) })).rejects.toThrow(
      /SIGNING_KEY_SECRET is not the one/,
    )
  })

  it('are read as soon as PostgreSQL answers, and stay in use while it is down again', async () => {
    const { proxy, url } = await proxiedUrl(postgres.url)
    await proxy.refuse()
    const sql = openPostgres(url)
    const keys = new SigningKeys(drizzle(sql), env)
    await keys.onModuleInit()
    const refused: unknown = await keys.published(new Date()).catch((error: unknown) => error)
    expect(isOutage(refused)).toBe(true)
    await proxy.pass()
    const { kid } = await keys.signer(new Date())
    expect((await keys.published(new Date())).keys.map((key) => key.kid)).toEqual([kid])
    await proxy.refuse()
    expect((await keys.signer(minutes(1))).kid).toBe(kid)
    await sql.end({ timeout: 1 })
    await proxy.close()
  })

  it('sign tokens that the published keys verify, for the right audience only', async () => {
    const keys = await started()
    const userId = newUserId()
    const { value, expiresAt } = await new JwtIssuer(keys, env).issue(userId, 'session', new Date())
    const published = createLocalJWKSet(await keys.published(new Date()))
    const rules = { algorithms: ['ES256'], issuer: 'parley', audience: 'clients' }
    const { payload } = await jwtVerify(value, published, rules)
    expect(payload).toEqual({
      sub: userId,
      sid: 'session',
      iss: 'parley',
      aud: 'clients',
      iat: expect.any(Number) as number,
      exp: expiresAt.getTime() / 1_000,
    })
    await expect(jwtVerify(value, published, { ...rules, audience: 'others' })).rejects.toThrow()
  })

  it('rotate: published at once, signing five minutes later, the old one kept until its tokens are gone', async () => {
    const before = await (await started()).signer(new Date())
    const kid = await rotateSigningKey(postgres.db, secret, new Date())
    const keys = await started()
    const kidsAt = async (at: Date) => (await keys.published(at)).keys.map((key) => key.kid).sort()
    expect(await kidsAt(new Date())).toEqual([before.kid, kid].sort())
    expect((await keys.signer(minutes(4))).kid).toBe(before.kid)
    const { value } = await new JwtIssuer(keys, env).issue(newUserId(), 'session', minutes(6))
    expect(decodeProtectedHeader(value).kid).toBe(kid)
    expect(await kidsAt(minutes(60))).toContain(before.kid)
    expect(await kidsAt(minutes(126))).toEqual([kid])
  })
})
