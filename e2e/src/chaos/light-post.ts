import { once } from 'node:events'
import { request } from 'node:http'
import type { Agent, IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

export interface LightPost {
  readonly url: string
  readonly cookie: string
  readonly body: string
  /** Keeps connections open. */
  readonly agent: Agent
  readonly patienceMs: number
}

/**
 * Calls the API with less overhead than `fetch`, because the client's CPU time and garbage collection are measured too.
 */
export async function lightPost({ url, cookie, body, agent, patienceMs }: LightPost): Promise<string> {
  const asking = request(`${url}/graphql`, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      origin: url,
      ...(cookie === '' ? {} : { cookie }),
    },
    signal: AbortSignal.timeout(patienceMs),
  })
  asking.end(body)
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return await text(answer)
}
