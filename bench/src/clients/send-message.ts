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
  /** A mutation that takes `input` and selects the event's seq; the web client's own when it is left out. */
  readonly mutation?: string
}

const agent = new Agent({ keepAlive: true })
const ofTheWeb = { operationName: 'SendMessage', extensions: persisted(webDocument('SendMessage').id) }

/** A mutation over HTTP, on connections that are kept. Rejects when it is not acknowledged. */
export async function sendMessage(sending: Sending): Promise<void> {
  const { port, origin, cookie, conversationId, text, lateMs, mutation } = sending
  const input = { conversationId, clientId: randomUUID(), text }
  const body = JSON.stringify({ ...(mutation === undefined ? ofTheWeb : { query: mutation }), variables: { input } })
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
