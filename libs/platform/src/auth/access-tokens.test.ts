import { Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { SignJWT, UnsecuredJWT } from 'jose'
import { AccessTokens } from './access-tokens'
import { RevokedSessions, sessionRevoked } from './revoked-sessions'
import { MemoryChannels } from '../testing/memory-channels'
import { TestOwner } from '../testing/test-owner'
import { VerificationKeys } from './verification-keys'

const anonymous = { viewer: null, expiresAt: null }

describe('AccessTokens', () => {
  let owner: TestOwner
  const running: { onApplicationShutdown(): void }[] = []
  beforeAll(() => {
    Logger.overrideLogger(false)
  })
  beforeEach(async () => {
    owner = await TestOwner.start()
  })
  afterEach(() => {
    for (const each of running.splice(0)) each.onApplicationShutdown()
    owner.stop()
  })

  function started(channels?: MemoryChannels) {
    const keys = new VerificationKeys(owner.env)
    const revoked = new RevokedSessions(owner.env, channels)
    running.push(keys, revoked)
    for (const each of [keys, revoked]) each.onModuleInit()
    return { tokens: new AccessTokens(keys, revoked, owner.env), revoked }
  }
  /** An instance that has verified a token already. */
  async function warm(channels?: MemoryChannels) {
    const parts = started(channels)
    expect(await parts.tokens.contextFor(await owner.bearer())).toMatchObject({ viewer: { sessionId: 'session' } })
    return parts
  }
  const elapsed = async (work: Promise<unknown>): Promise<number> => {
    const from = performance.now()
    await work
    return performance.now() - from
  }
  /**
   * Retries until it fails with the code: a second after the owner's last answer, the owner is asked again and has no
   * such key.
   */
  function until(tokens: AccessTokens, bearer: string, code: string) {
    let isOver = false
    const longest = (async () => {
      for (let ms = 0; ;) {
        const from = performance.now()
        const answer = await tokens.contextFor(bearer).catch((error: unknown) => error)
        ms = Math.max(ms, performance.now() - from)
        if (answer instanceof DomainError) {
          expect(answer.code).toBe(code)
          return ms
        }
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })().finally(() => (isOver = true))
    return { longest, isOver: () => isOver }
  }
  const ended = (revoked: RevokedSessions, sessionId: string) =>
    new Promise<void>((resolve) => {
      revoked.subscribe((id) => {
        if (id === sessionId) resolve()
      })
    })

  it.each([
    ['expired', { seconds: -60 }],
    ['by another issuer', { issuer: 'mallory' }],
    ['for another audience', { audience: 'others' }],
    ['of a kid that is a path', { kid: '../../../../dev/null' }],
    ['of a kid that is a URL', { kid: 'http://127.0.0.1:1/jwks.json' }],
    ['of a kid that is SQL', { kid: "' or 1=1 --" }],
  ])('takes a token that is %s for none', async (_what, claims) => {
    const { tokens } = await warm()
    expect(await tokens.contextFor(await owner.bearer(claims))).toEqual(anonymous)
  })

  it('accepts no token without a signature, and none signed with the public key as a secret', async () => {
    const { tokens } = await warm()
    const claims = { sub: '0198a0e0-0000-7000-8000-000000000001', sid: 's', iss: 'parley', aud: 'parley', exp: 2 ** 32 }
    const publicKey = new TextEncoder().encode(JSON.stringify(owner.publishedKey))
    const swapped = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(publicKey)
    for (const token of [new UnsecuredJWT(claims).encode(), swapped, 'a.b.c', '']) {
      expect(await tokens.contextFor(`Bearer ${token}`)).toEqual(anonymous)
    }
    expect(await tokens.contextFor(undefined)).toEqual(anonymous)
  })

  it('verifies with the known keys while the owner hangs; only a token with an unknown key waits', async () => {
    const { tokens } = await warm()
    owner.state = 'hung'
    const unheard = await owner.bearer({ kid: 'unheard' })
    const known = await owner.bearer({ sessionId: 'another' })
    const refused = until(tokens, unheard, 'UNAVAILABLE')
    while (!refused.isOver()) {
      expect(await elapsed(tokens.contextFor(known))).toBeLessThan(200)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await refused.longest).toBeLessThan(1_500)
  })

  it('does not ask the owner for each token with an unknown key', async () => {
    const { tokens } = await warm()
    const before = owner.asked.keys
    const from = performance.now()
    for (let index = 0; index < 20; index += 1) {
      const forged = Array.from({ length: 10 }, (_, each) => owner.bearer({ kid: `forged ${index} ${each}` }))
      const answers = (await Promise.all(forged)).map((bearer) => tokens.contextFor(bearer))
      expect(new Set(await Promise.all(answers))).toEqual(new Set([anonymous]))
    }
    expect(owner.asked.keys - before).toBeLessThanOrEqual(2 + (performance.now() - from) / 1_000)
  })

  it('loads a new key, and any key once the owner is back', async () => {
    owner.state = 'failing'
    const { tokens } = started()
    const bearer = await owner.bearer()
    await expect(tokens.contextFor(bearer)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    owner.state = 'up'
    expect(await tokens.contextFor(bearer)).toMatchObject({ viewer: { sessionId: 'session' } })
    await owner.addKey('second')
    const bySecond = await owner.bearer({ kid: 'second' })
    // At most a second after the last request for the keys.
    while ((await tokens.contextFor(bySecond)).viewer === null) await new Promise(setImmediate)
  })

  it('knows from its first token on which sessions were revoked before it started', async () => {
    owner.revoke('over')
    const { tokens } = started()
    expect(await tokens.contextFor(await owner.bearer({ sessionId: 'over' }))).toEqual(anonymous)
    expect((await tokens.contextFor(await owner.bearer())).viewer).not.toBeNull()
  })

  it('receives a revocation through Redis at once, also for a token that it has verified before', async () => {
    const redis = new MemoryChannels()
    const { tokens } = await warm(redis)
    redis.deliver(sessionRevoked, '', 'no revocation')
    expect((await tokens.contextFor(await owner.bearer())).viewer).not.toBeNull()
    await redis.publish(sessionRevoked, '', { sessionId: 'session' })
    expect(await tokens.contextFor(await owner.bearer())).toEqual(anonymous)
  })

  it('reads the list again when Redis is back', async () => {
    const redis = new MemoryChannels()
    const { revoked } = await warm(redis)
    const heard = ended(revoked, 'missed')
    owner.revoke('missed')
    const from = performance.now()
    redis.recover()
    await heard
    expect(performance.now() - from).toBeLessThan(1_000)
  })

  it('knows of a revocation within 10 s without Redis, also when the owner hangs in between', async () => {
    const { tokens, revoked } = await warm()
    const bearer = await owner.bearer({ sessionId: 'over' })
    expect((await tokens.contextFor(bearer)).viewer).not.toBeNull()
    const heard = ended(revoked, 'over')
    owner.state = 'hung'
    owner.revoke('over')
    const before = owner.asked.revocations
    while (owner.asked.revocations === before) await new Promise((resolve) => setTimeout(resolve, 50))
    owner.state = 'up'
    await heard
    expect(await tokens.contextFor(bearer)).toEqual(anonymous)
  }, 10_000)

  it('uses the last known list while it cannot be read, and waits for it only once', async () => {
    const { tokens } = await warm()
    owner.state = 'failing'
    expect((await tokens.contextFor(await owner.bearer({ sessionId: 'other' }))).viewer).not.toBeNull()
    const late = new RevokedSessions(owner.env)
    running.push(late)
    late.onModuleInit()
    expect(await late.includes('other')).toBe(false)
    expect(await elapsed(late.includes('other'))).toBeLessThan(100)
  })
})
