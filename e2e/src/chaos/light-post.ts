import { once } from 'node:events'
import { request } from 'node:http'
import type { Agent, IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

export interface LightPost {
  readonly url: string
  readonly cookie: string
  readonly body: string
  /** Keeps the connections. */
  readonly agent: Agent
  readonly patienceMs: number
}

/** Asks the API with less work than `fetch`: what a client computes and collects is measured too. */
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
