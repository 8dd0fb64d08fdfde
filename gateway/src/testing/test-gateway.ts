import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Module } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { type Client, createClient } from 'graphql-ws'
import { type CloseEvent, WebSocket } from 'ws'
import { gatewayEnv, type GatewayEnv } from '../env'
import { ShortWay } from '../front-door/short-way'
import { createGateway } from '../gateway'
import { limits } from '../limits'
import { SocketServer } from '../subscriptions/socket-server'
import { type TestGraph, testGraph } from './graph'
import { compose } from './supergraph'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    message: string
    path?: (string | number)[]
    extensions: { code: string; requestId?: string }
  }[]
}

@Module({})
class NoRedis {}

const supergraphFile = 'supergraph.graphql'
const origin = 'http://parley.test'

/** The real gateway over real subgraphs, in this process. */
export class TestGateway {
  private constructor(
    readonly graph: TestGraph,
    readonly owner: TestOwner,
    private readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  static async start(overrides: Partial<Record<keyof GatewayEnv, string>> = {}): Promise<TestGateway> {
    const graph = testGraph()
    const subgraphs = [graph.people, graph.log, graph.extras]
    for (const subgraph of subgraphs) await subgraph.start()
    const owner = await TestOwner.start()
    const folder = await mkdtemp(join(tmpdir(), 'parley-gateway-'))
    const supergraphPath = join(folder, supergraphFile)
    await writeFile(supergraphPath, compose(subgraphs))
    const env = gatewayEnv.parse({
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'fatal',
      SUPERGRAPH_PATH: supergraphPath,
      SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(subgraphs.map(({ name, url }) => [name, url]))),
      JWKS_URL: owner.env.JWKS_URL,
      PUBLIC_ORIGINS: origin,
      REDIS_NODES: '127.0.0.1:1',
      WEB_URL: 'http://127.0.0.1:1',
      ...overrides,
    })
    const app = await createGateway(env, { module: NoRedis })
    await app.listen({ port: 0, host: '127.0.0.1', backlog: limits.backlog })
    return new TestGateway(graph, owner, app, folder)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.app.getHttpServer().address() as AddressInfo).port}`
  }

  /** How many operations have been answered without Apollo Server. */
  get answeredTheShortWay(): number {
    return this.app.get(ShortWay, { strict: false }).answered
  }

  /** Of clients, not yet gone. */
  get openSockets(): number {
    return this.app.get(SocketServer, { strict: false }).open
  }

  /** Simulates the message through Redis. */
  revoke(sessionId: string): void {
    this.app.get(RevokedSessions, { strict: false }).add(sessionId)
  }

  async post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, ...((await response.json()) as object) }
  }

  query(query: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.post({ query }, headers)
  }

  /** A graphql-ws client as a browser would run it, and the close codes that it sees. */
  connect(token: string | undefined, options: { origin?: string } = {}): { client: Client; closings: number[] } {
    const closings: number[] = []
    const headers = token === undefined ? {} : { cookie: `other=1; parley_access=${token}` }
    class BrowserSocket extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers, origin: options.origin ?? origin })
      }
    }
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: BrowserSocket,
      lazyCloseTimeout: 1_000,
      retryAttempts: 50,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
      on: { closed: (event) => closings.push((event as CloseEvent).code) },
    })
    return { client, closings }
  }

  async changeSupergraph(change: (sdl: string) => string): Promise<void> {
    const path = join(this.folder, supergraphFile)
    await writeFile(path, change(await readFile(path, 'utf8')))
  }

  async stop(): Promise<void> {
    await this.app.close()
    for (const subgraph of [this.graph.people, this.graph.log, this.graph.extras]) await subgraph.stop()
    this.owner.stop()
    await rm(this.folder, { recursive: true })
  }
}
