import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { withStreamDirectives } from '@parley/platform/graphql/stream-directives'
import { type DocumentNode, graphql, type GraphQLFieldResolver, parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'

export interface SubgraphContext {
  readonly authorization: string | undefined
  readonly cookie: string | undefined
  readonly requestId: string | undefined
  readonly setCookie: (value: string) => void
}

type Resolver = GraphQLFieldResolver<never, SubgraphContext, never> | { subscribe: Resolver; resolve: Resolver }
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>

interface Operation {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

/** A real subgraph on its own port: HTTP and graphql-transport-ws, with identity per operation as in ours. */
export class TestSubgraph {
  readonly typeDefs: DocumentNode
  readonly seen: IncomingMessage['headers'][] = []
  /** Open sockets from the gateway. */
  readonly sockets = new Set<WebSocket>()
  #server: Server | undefined
  #port = 0
  #isHung = false
  #answerAtLast: (() => void)[] = []

  constructor(
    readonly name: string,
    typeDefs: string,
    private readonly resolvers: Resolvers,
  ) {
    this.typeDefs = withStreamDirectives(
      parse(
        `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])\n${typeDefs}`,
      ),
    )
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`
  }

  /** Listens; after `stop` on the same port again. */
  async start(): Promise<void> {
    const schema = buildSubgraphSchema({ typeDefs: this.typeDefs, resolvers: this.resolvers as never })
    const server = createServer((request, response) => {
      this.seen.push(request.headers)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString()) as Operation
        if (this.#isHung) {
          this.#answerAtLast.push(() => response.end('{"data":{}}'))
          return
        }
        const contextValue: SubgraphContext = {
          authorization: request.headers.authorization,
          cookie: request.headers.cookie,
          requestId: request.headers['x-request-id'] as string | undefined,
          setCookie: (value) => response.setHeader('set-cookie', value),
        }
        void graphql({ schema, source: query, variableValues: variables, operationName, contextValue }).then(
          (result) => {
            response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
          },
        )
      })
    })
    const webSockets = new WebSocketServer({ server, path: '/graphql' })
    webSockets.on('connection', (socket) => {
      this.sockets.add(socket)
      if (this.#isHung) socket.pause()
      socket.once('close', () => this.sockets.delete(socket))
    })
    useServer(
      { schema, context: (_socket, _id, payload) => ({ ...payload.extensions, setCookie: () => undefined }) },
      webSockets,
    )
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Like SIGSTOP: takes connections, and neither answers nor pongs until `goOn`. */
  hang(): void {
    this.#isHung = true
    for (const socket of this.sockets) socket.pause()
  }

  goOn(): void {
    this.#isHung = false
    for (const answer of this.#answerAtLast.splice(0)) answer()
    for (const socket of this.sockets) socket.resume()
  }

  /** Like kill -9: every connection breaks at once. */
  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    for (const socket of this.sockets) socket.terminate()
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
}
