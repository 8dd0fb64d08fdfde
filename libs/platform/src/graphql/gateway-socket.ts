import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { isJsonObject, parsedJson } from '@parley/federation/operations/json-value'
import { closings, idInUse } from '@parley/federation/sockets/closings'
import { isLeaving, leavingMessage } from '@parley/federation/sockets/leaving'
import { isSubscribePayload } from '@parley/federation/sockets/messages'
import { TurnWrites } from '@parley/federation/sockets/turn-writes'
import { DomainError } from '@parley/kernel/errors'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Context, SubscribePayload, WebSocket as ServedSocket } from 'graphql-ws'
import { WebSocket } from 'ws'
import { unavailable } from '../failures'
import { acceptedRequestId, withRequestContext } from '../logging/request-context'
import { toGraphQLError } from './errors'
import { asGraphQLError } from './graphql-error'
import { bodyOf, isShort, type ShortExecutor } from './short-way'

const logger = new Logger('Fetches')

/** A fetch that took longer is logged at the usual level. */
const slowMs = 1_000
/** How long a stop waits for a gateway to know of it. */
const heardWithinMs = 1_000

interface Fetch {
  readonly id: string
  readonly payload: SubscribePayload
  readonly document: DocumentNode
}

export interface GatewaySocketOptions {
  readonly executor: ShortExecutor
  readonly contextOf: (socket: unknown, id: string, payload: SubscribePayload) => Promise<object>
  /** Called for every fetch that is answered here. */
  readonly onAnswer: () => void
}

/**
 * The socket of a gateway, as graphql-ws serves it, except for queries and mutations (fetches): those are answered here,
 * and what is unusual about one is left to graphql-ws before anything was executed. `error` is sent only for a fetch that
 * was not executed, so a gateway may send it again. Messages of one turn of the event loop go out in one write.
 */
export class GatewaySocket implements ServedSocket {
  isAlive = true
  /** Known when graphql-ws admits the gateway. */
  context: Context | undefined
  readonly #writes: TurnWrites
  readonly #fetches = new Set<string>()
  #pass: (data: string) => Promise<void> = () => Promise.resolve()
  #isDraining = false
  #drained: () => void = () => undefined
  #heard: () => void = () => undefined

  constructor(
    private readonly socket: WebSocket,
    raw: Duplex,
    private readonly options: GatewaySocketOptions,
  ) {
    this.#writes = new TurnWrites(raw, 'server')
  }

  get protocol(): string {
    return this.socket.protocol
  }

  /** Resolves when the network has taken it, so that a stream waits for a slow gateway. */
  send(data: string): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve()
    this.#writes.add(data)
    return this.#writes.taken()
  }

  close(code?: number, reason?: string): void {
    this.#writes.flush()
    this.socket.close(code, reason)
  }

  onMessage(pass: (data: string) => Promise<void>): void {
    this.#pass = pass
  }

  async received(text: string): Promise<void> {
    const message = parsedJson(text)
    const { id, type, payload } = isJsonObject(message) ? message : {}
    if (typeof id !== 'string') await this.#pass(text)
    else if (this.#fetches.has(id)) this.#meant(id, type)
    else if (type === 'subscribe' && this.#isFresh(id) && isSubscribePayload(payload))
      await this.#begin(id, payload, text)
    else await this.#pass(text)
    if (type === 'pong' && isLeaving(payload)) this.#heard()
  }

  /**
   * Refuses new operations and tells the gateway so. Resolves when fetches that are under way are answered, and those
   * that the gateway sent before it knew are refused: what comes after the end of a socket has no known outcome.
   */
  async drain(): Promise<void> {
    this.#isDraining = true
    const heard = new Promise<void>((resolve) => (this.#heard = resolve))
    const answered = new Promise<void>((resolve) => (this.#drained = resolve))
    this.#add(leavingMessage)
    if (this.#fetches.size === 0) this.#drained()
    if (this.socket.readyState !== WebSocket.OPEN) this.#heard()
    await Promise.all([answered, Promise.race([heard, delay(heardWithinMs, undefined, { ref: false })])])
  }

  /** To be called when the gateway has closed it. */
  left(): void {
    this.#heard()
  }

  terminate(): void {
    this.socket.terminate()
  }

  /** Asks for a pong; a gateway that has not sent one since the last time is gone. */
  beat(): void {
    if (!this.isAlive) this.socket.terminate()
    this.isAlive = false
    if (this.socket.readyState === WebSocket.OPEN) this.socket.ping()
  }

  /** A message about a fetch that is under way. */
  #meant(id: string, type: unknown): void {
    if (type === 'complete') this.#fetches.delete(id)
    else this.close(...(type === 'subscribe' ? idInUse(id) : closings.invalid))
  }

  #isFresh(id: string): boolean {
    return id !== '' && this.context?.acknowledged === true && !(id in this.context.subscriptions)
  }

  async #begin(id: string, payload: SubscribePayload, text: string): Promise<void> {
    if (this.#isDraining) {
      this.#refuse(id, unavailable(undefined))
      return
    }
    const document = this.#documentOf(payload)
    if (document === undefined) {
      this.#refuse(id, new DomainError('input', 'PERSISTED_QUERY_NOT_FOUND', 'Send the text of the document.'))
    } else if (document === null || !isShort(document, payload.operationName)) {
      await this.#pass(text)
    } else {
      await this.#answer({ id, payload, document })
    }
  }

  /** Null for one that is not valid, undefined for an unknown hash. */
  #documentOf({ query, extensions }: SubscribePayload): DocumentNode | null | undefined {
    const { executor } = this.options
    const hash = hashIn(extensions)
    if (query === '' && hash !== undefined) return executor.documents.withHash(hash)
    const document = executor.documentOf(query)
    if (document !== null && hash !== undefined) executor.documents.learn(query, hash)
    return document
  }

  async #answer({ id, payload, document }: Fetch): Promise<void> {
    this.#fetches.add(id)
    const requestId = acceptedRequestId(payload.extensions?.['requestId']) ?? randomUUID()
    const beganAt = performance.now()
    const body = await withRequestContext({ requestId }, () => this.#bodyOf({ id, payload, document }))
    if (body === null) {
      // Over HTTP its answer says what is wrong with them.
      if (this.#fetches.delete(id)) this.#refuse(id, refusedVariables())
    } else {
      this.options.onAnswer()
      // Given up by the gateway meanwhile: nobody waits for it.
      if (this.#fetches.delete(id)) this.#sendResult(id, body)
      const ms = Math.round(performance.now() - beganAt)
      withRequestContext({ requestId }, () => logger[ms >= slowMs ? 'log' : 'debug']({ ms }, 'Answered'))
    }
    if (this.#fetches.size === 0) this.#drained()
  }

  async #bodyOf({ id, payload, document }: Fetch): Promise<string | null> {
    try {
      const context = await this.options.contextOf(this, id, payload)
      const result = await this.options.executor.execute(document, payload, context)
      return result && bodyOf(result)
    } catch (error) {
      return bodyOf(failed(error))
    }
  }

  #sendResult(id: string, body: string): void {
    const quotedId = JSON.stringify(id)
    this.#add(`{"id":${quotedId},"type":"next","payload":${body}}`)
    this.#add(`{"id":${quotedId},"type":"complete"}`)
  }

  #refuse(id: string, cause: Error): void {
    const error = asGraphQLError(cause)
    this.#add(JSON.stringify({ id, type: 'error', payload: [toGraphQLError(error.toJSON(), error)] }))
  }

  #add(message: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.#writes.add(message)
  }
}

/**
 * An answer and no refusal: something was executed, perhaps; or the identity cannot be checked, and another way would
 * only wait once more for the same keys.
 */
const failed = (error: unknown): ExecutionResult => ({ data: null, errors: [asGraphQLError(error)] })

const refusedVariables = (): DomainError =>
  new DomainError('input', 'INVALID_INPUT', 'The variables do not fit the document.')

function hashIn(extensions: SubscribePayload['extensions']): string | undefined {
  const persisted = extensions?.['persistedQuery']
  const hash = isJsonObject(persisted) ? persisted['sha256Hash'] : undefined
  return typeof hash === 'string' ? hash : undefined
}
