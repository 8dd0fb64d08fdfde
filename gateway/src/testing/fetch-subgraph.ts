import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type WebSocket, WebSocketServer } from 'ws'

export interface SentFetch {
  readonly id: string
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly extensions: { readonly persistedQuery: { readonly sha256Hash: string } } & Record<string, unknown>
}

interface Message {
  readonly type: string
  readonly id: string
  readonly payload?: Omit<SentFetch, 'id'>
}

export type AnswerFetch = (socket: WebSocket, fetch: SentFetch) => void

export const say = (socket: WebSocket, message: object): void => socket.send(JSON.stringify(message))

/** Answers as a subgraph does that has executed the fetch. */
export const answerWith =
  (payload: object): AnswerFetch =>
  (socket, { id }) => {
    say(socket, { id, type: 'next', payload })
    say(socket, { id, type: 'complete' })
  }

/** A subgraph that takes fetches over HTTP and over its socket, and keeps what it was sent. */
export class FetchSubgraph {
  readonly overHttp: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
  readonly overSocket: SentFetch[] = []
  readonly left: string[] = []
  /** The payloads of pongs. */
  readonly ponged: unknown[] = []
  answer: AnswerFetch = answerWith({ data: { way: 'socket' } })
  respond: (response: ServerResponse) => void = (response) => response.end('{"data":{"way":"http"}}')
  acknowledgement: object = { type: 'connection_ack', payload: { fetches: 1 } }
  readonly #http = createServer((request, response) => {
    void text(request).then((body) => {
      this.overHttp.push({ headers: request.headers, body })
      this.respond(response)
    })
  })
  readonly #sockets = new WebSocketServer({ server: this.#http })

  constructor() {
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => this.#received(socket, JSON.parse(data.toString()) as Message))
    })
  }

  get connections(): number {
    return this.#sockets.clients.size
  }

  async start(): Promise<string> {
    this.#http.listen(0, '127.0.0.1')
    await once(this.#http, 'listening')
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/graphql`
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#http.closeAllConnections()
    this.#http.close()
  }

  #received(socket: WebSocket, { type, id, payload }: Message): void {
    if (type === 'connection_init') say(socket, this.acknowledgement)
    if (type === 'ping') say(socket, { type: 'pong' })
    if (type === 'pong') this.ponged.push(payload)
    if (type === 'complete') this.left.push(id)
    if (type !== 'subscribe' || payload === undefined) return
    const fetch = { id, ...payload }
    this.overSocket.push(fetch)
    this.answer(socket, fetch)
  }
}
