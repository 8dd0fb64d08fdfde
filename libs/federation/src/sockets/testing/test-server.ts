import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EncodedResult } from '../../operation-sink'
import type { Connection } from '../connection'
import type { SubscribePayload } from '../messages'
import type { SocketOperation } from '../socket-operation'
import { type TransportHooks, type TransportLimits, TransportServer } from '../transport-server'

type Operation = SocketOperation<string, string>

export const later = [1013, 'Try again later'] as const

const limits: TransportLimits = {
  frameBytes: 64 * 1024,
  bufferedBytes: 1024 * 1024,
  messages: { perSecond: 1_000_000, burst: 1_000_000 },
  introductionMs: 60_000,
  pingEveryMs: 60_000,
  beginnings: { perTurn: 8, waiting: 10_000 },
  drainEveryMs: 1,
  drainMs: 2_000,
  goodbyeMs: 2_000,
  goodbyeToSlowMs: 25_000,
}

/** A server whose operations are played by the test: `operations` has each by its query. */
export class TestServer implements TransportHooks<string, string> {
  readonly operations = new Map<string, Operation>()
  readonly payloads: SubscribePayload[] = []
  readonly seen = {
    stopped: [] as string[],
    ended: [] as string[],
    closed: [] as number[],
    gone: 0,
    failed: 0,
    unopened: 0,
  }
  readonly transport: TransportServer<string, string>
  /** Ends the waiting of clients that are admitted only later. */
  admitNow: (isAdmitted: boolean) => void = () => undefined

  private constructor(
    private readonly http: Server,
    changed: Partial<TransportLimits>,
  ) {
    this.transport = new TransportServer({ ...limits, ...changed }, this)
    http.on('upgrade', (request, socket, head) => {
      const refused = () => void socket.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n')
      const answers = { opened: () => 'a client', failed: () => this.seen.unopened++, refused }
      if (!this.transport.accept(request, socket, head, answers)) refused()
    })
  }

  static async start(changed: Partial<TransportLimits> = {}): Promise<TestServer> {
    const server = new TestServer(createServer(), changed)
    server.http.listen(0, '127.0.0.1')
    await once(server.http, 'listening')
    return server
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    await this.transport.drain()
    this.transport.stop()
    this.http.close()
    await once(this.http, 'close')
  }

  async admit(_connection: Connection<string, string>, params?: Record<string, unknown>): Promise<boolean> {
    if (params?.['fails'] === true) throw new Error('Keys cannot be loaded')
    if (params?.['waits'] === true) return await new Promise((resolve) => (this.admitNow = resolve))
    return params?.['isForeign'] !== true
  }

  subscribe(operation: Operation, payload: SubscribePayload): void {
    this.payloads.push(payload)
    if (payload.query === 'throws') throw new Error('A defect')
    operation.data = payload.query
    this.operations.set(payload.query, operation)
    operation.from({ stop: () => this.seen.stopped.push(payload.query) })
    for (const n of payload.query.match(/\d+/g) ?? []) operation.next(EncodedResult.of({ data: { n: Number(n) } }))
    if (payload.query.includes('refused')) operation.error([{ message: 'Refused' }])
    if (payload.query.includes('ends')) operation.complete()
  }

  ended({ data }: Operation): void {
    this.seen.ended.push(data ?? '')
  }

  closed(_connection: Connection<string, string>, code: number): void {
    this.seen.closed.push(code)
  }

  gone(): void {
    this.seen.gone++
  }

  failed(connection: Connection<string, string> | undefined): void {
    this.seen.failed++
    connection?.close(later)
  }
}
