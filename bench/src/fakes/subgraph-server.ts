import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { execute, Kind, OperationTypeNode, parse } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { answerAnything, typeOf } from './answers.ts'

export interface Asked {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } }
}

/** A stream that a gateway has opened: each event is executed once for all streams with equal text. */
export interface OpenStream {
  readonly asked: Asked
  readonly send: (payload: string) => void
}

interface Message {
  readonly id?: string
  readonly type: string
  readonly payload?: Asked
}

/** A subgraph over HTTP and graphql-transport-ws whose answers cost little, because the load's core makes them too. */
export class SubgraphServer {
  readonly streams = new Set<OpenStream>()
  readonly #schema: GraphQLSchema
  readonly #root: (asked: Asked) => unknown
  readonly #documents = new Map<string, DocumentNode>()
  readonly #texts = new Map<string, string>()
  readonly #server: Server
  /** Called for each new stream, before anything is sent. */
  onStream: (stream: OpenStream) => void = () => undefined

  constructor(schema: GraphQLSchema, root: (asked: Asked) => unknown) {
    this.#schema = schema
    this.#root = root
    this.#server = createServer((request, response) => {
      void text(request).then((body) => {
        const answer = Buffer.from(this.answer(JSON.parse(body) as Asked))
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
      })
    })
    this.#server.keepAliveTimeout = 60_000
    const sockets = new WebSocketServer({ server: this.#server, perMessageDeflate: false })
    sockets.on('connection', (socket) => this.#attend(socket))
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`
  }

  answer(asked: Asked, root = this.#root(asked)): string {
    const result = execute({
      schema: this.#schema,
      document: this.#parsed(asked.query),
      rootValue: root,
      ...(asked.variables === undefined ? {} : { variableValues: asked.variables }),
      fieldResolver: answerAnything,
      typeResolver: typeOf,
    })
    return JSON.stringify(result)
  }

  #parsed(query: string): DocumentNode {
    const known = this.#documents.get(query)
    if (known !== undefined) return known
    const document = parse(query, { noLocation: true })
    this.#documents.set(query, document)
    return document
  }

  #attend(socket: WebSocket): void {
    const own = new Map<string, OpenStream>()
    socket.on('error', () => undefined)
    socket.on('close', () => {
      for (const stream of own.values()) this.streams.delete(stream)
    })
    socket.on('message', (data: Buffer) => {
      const { id = '', type, payload } = JSON.parse(data.toString()) as Message
      if (type === 'connection_init') socket.send('{"type":"connection_ack","payload":{"fetches":1}}')
      else if (type === 'ping') socket.send('{"type":"pong"}')
      else if (type === 'complete') {
        const stream = own.get(id)
        own.delete(id)
        if (stream !== undefined) this.streams.delete(stream)
      } else if (type === 'subscribe' && payload !== undefined) this.#begin(socket, own, id, payload)
    })
  }

  /** As our subgraphs do: a document that has been sent with its hash is found by that. */
  #textOf({ query, extensions }: Asked): string {
    const hash = extensions?.persistedQuery?.sha256Hash
    if (hash === undefined) return query
    if (query !== '') this.#texts.set(hash, query)
    return this.#texts.get(hash) ?? query
  }

  #begin(socket: WebSocket, own: Map<string, OpenStream>, id: string, sent: Asked): void {
    const asked = { ...sent, query: this.#textOf(sent) }
    const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`
    const send = (payload: string) => socket.send(`${start}${payload}}`)
    const isStream = this.#parsed(asked.query).definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION,
    )
    if (!isStream) {
      send(this.answer(asked))
      socket.send(JSON.stringify({ id, type: 'complete' }))
      return
    }
    const stream = { asked, send }
    own.set(id, stream)
    this.streams.add(stream)
    this.onStream(stream)
  }
}
