import type { FetchAnswer } from '@parley/federation/operations/execution'
import type { JsonObject } from '@parley/federation/operations/json-value'
import type { Receiver, TransportClient } from '@parley/federation/sockets/transport-client'
import { asAnswer } from './subgraph-answer'

/** The subgraph has executed nothing: the same fetch may go over HTTP. */
export class NotTaken extends Error {}

/** One fetch over the socket of a subgraph. */
export class SocketCall implements Receiver {
  readonly answered: Promise<FetchAnswer>
  readonly #settle = Promise.withResolvers<FetchAnswer>()
  readonly #id: string
  #isAnswered = false

  constructor(
    private readonly client: TransportClient,
    payload: string,
    private readonly refused: () => void,
  ) {
    this.answered = this.#settle.promise
    this.#id = client.begin(payload, this)
  }

  /** Rejects at once, and tells the subgraph. */
  giveUp(): void {
    this.client.leave(this.#id)
    this.#settle.reject(new Error('The call was given up'))
  }

  next(payload: JsonObject): void {
    const answer = asAnswer(payload)
    this.#isAnswered = true
    if (answer === undefined) this.#settle.reject(new Error('The subgraph sent no GraphQL answer'))
    else this.#settle.resolve(answer)
  }

  error(): void {
    this.refused()
    this.#settle.reject(new NotTaken('The subgraph has not executed the fetch'))
  }

  complete(): void {
    if (!this.#isAnswered) this.#settle.reject(new Error('The subgraph ended a fetch without an answer'))
  }

  lost(): void {
    this.#settle.reject(Object.assign(new Error('The connection to the subgraph was lost'), { code: 'ECONNRESET' }))
  }
}
