import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { tokenEnv, type TokenEnv } from '../env/service-env'

interface Claims {
  readonly userId?: string
  readonly sessionId?: string
  readonly kid?: string
  readonly issuer?: string
  readonly audience?: string
  readonly seconds?: number
}

const someone = '0198a0e0-0000-7000-8000-000000000001'

/**
 * Replaces the user subgraph in tests of any other service: signs access tokens, serves the keys that verify them and
 * the revoked sessions.
 */
export class TestOwner {
  /** How it handles requests: answers, fails, or hangs. */
  state: 'up' | 'failing' | 'hung' = 'up'
  readonly asked = { keys: 0, revocations: 0 }
  readonly #published: JWK[] = []
  readonly #keys = new Map<string, CryptoKey>()
  readonly #revoked: string[] = []

  private readonly server: Server

  private constructor(server: Server) {
    this.server = server
    server.on('request', ({ url = '' }, response: ServerResponse) =>
      this.#answer(new URL(url, 'http://owner'), response),
    )
  }

  static async start(): Promise<TestOwner> {
    const owner = new TestOwner(createServer())
    await owner.addKey('first')
    await new Promise<void>((listening) => owner.server.listen(0, '127.0.0.1', listening))
    return owner
  }

  get env(): TokenEnv {
    return tokenEnv.parse({ JWKS_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json` })
  }

  async addKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    this.#keys.set(kid, privateKey)
    this.#published.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' })
  }

  get publishedKey(): JWK {
    return this.#published[0] as JWK
  }

  revoke(sessionId: string): void {
    this.#revoked.push(sessionId)
  }

  /** A Bearer header; see `token`. */
  async bearer(claims: Claims = {}): Promise<string> {
    return `Bearer ${await this.token(claims)}`
  }

  /** An access token. `kid` is what its header claims; it is signed by that key if there is one, else by the first. */
  async token(claims: Claims = {}): Promise<string> {
    const { userId = someone, sessionId = 'session', kid = 'first', seconds = 600 } = claims
    const { issuer = 'parley', audience = 'parley' } = claims
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
      .sign(this.#keys.get(kid) ?? (this.#keys.get('first') as CryptoKey))
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  #answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const isForKeys = pathname === '/jwks.json'
    this.asked[isForKeys ? 'keys' : 'revocations'] += 1
    if (this.state === 'hung') return
    const answer = isForKeys
      ? { keys: this.#published }
      : { sessionIds: this.#revoked.slice(Number(searchParams.get('after'))), cursor: String(this.#revoked.length) }
    response.writeHead(this.state === 'up' ? 200 : 500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  }
}
