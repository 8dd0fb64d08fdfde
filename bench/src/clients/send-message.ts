import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { webDocument } from '../web-documents.ts'
import { persisted } from './payloads.ts'

export interface Sending {
  readonly port: number
  readonly origin: string
  readonly cookie: string
  readonly conversationId: string
  readonly text: string
  readonly lateMs: number
}

const agent = new Agent({ keepAlive: true })
const { id } = webDocument('SendMessage')

/** The web client's own mutation over HTTP, on connections that are kept. Rejects when it is not acknowledged. */
export async function sendMessage({ port, origin, cookie, conversationId, text, lateMs }: Sending): Promise<void> {
  const input = { conversationId, clientId: randomUUID(), text }
  const body = JSON.stringify({ operationName: 'SendMessage', extensions: persisted(id), variables: { input } })
  const asking = request({
    host: '127.0.0.1',
    port,
    path: '/graphql',
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), cookie, origin },
    signal: AbortSignal.timeout(lateMs),
  })
  asking.end(body)
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  const answer = await textOf(response)
  if (!answer.includes('"seq":')) throw new Error(`A send was not acknowledged: ${answer.slice(0, 300)}`)
}
