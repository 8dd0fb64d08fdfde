import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UserId } from '@parley/kernel/ids'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface TokenIssuer {
  readonly jwksUrl: string
  tokenFor(userId: UserId): Promise<string>
  stop(): Promise<void>
}

/** Signs access tokens as the user subgraph does, and answers what is asked of that: the key, and which sessions are over (none). */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  const server = createServer((_request, response) => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }], sessionIds: [], cursor: '0' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tokenFor: (userId) =>
      new SignJWT({ sid: 'test-session' })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setSubject(userId)
        .setIssuer('parley')
        .setAudience('parley')
        .setExpirationTime('10 minutes')
        .sign(privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
