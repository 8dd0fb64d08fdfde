import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Issues access tokens and answers with the key to verify them with and the sessions that are over (none). */
export class TestTokens {
  private constructor(
    private readonly key: CryptoKey,
    private readonly server: Server,
  ) {}

  static async start(): Promise<TestTokens> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const key = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }
    const answer = JSON.stringify({ keys: [key], sessionIds: [], cursor: '0' })
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'application/json').end(answer),
    )
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return new TestTokens(privateKey, server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks`
  }

  async issue({ sessionId = 's1', seconds = 600 } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    return await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setSubject('0198a0e0-0000-7000-8000-000000000001')
      .setIssuer('parley')
      .setAudience('parley')
      .setExpirationTime(now + seconds)
      .sign(this.key)
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}
