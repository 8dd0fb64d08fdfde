import type { GraphQLFormattedError } from 'graphql'
import type { EncodedResult, OperationSink, OperationSource } from '../operation-sink'
import type { Connection } from './connection'
import { completeMessage, errorMessage, escapedId } from './messages'

/** An operation of a client on its socket. Nothing is sent after its end. */
export class SocketOperation<Client, Data> implements OperationSink {
  /** What the owner of the server knows of this operation. */
  data: Data | undefined
  readonly #escapedId: string
  #source: OperationSource | undefined
  #isOpen = true

  constructor(
    readonly connection: Connection<Client, Data>,
    readonly id: string,
  ) {
    this.#escapedId = escapedId(id)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The source is stopped when the client leaves; at once if it has left already. */
  from(source: OperationSource): void {
    if (this.#isOpen) this.#source = source
    else source.stop()
  }

  next(result: EncodedResult): void {
    if (this.#isOpen) this.connection.send(result.front, this.#escapedId)
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    if (!this.#isOpen) return
    this.connection.send(errorMessage(this.id, errors))
    this.#end()
  }

  complete(): void {
    if (!this.#isOpen) return
    this.connection.send(completeMessage(this.id))
    this.#end()
  }

  /** The client has completed it, or its socket closes. */
  leave(): void {
    if (!this.#isOpen) return
    const source = this.#source
    this.#end()
    source?.stop()
  }

  #end(): void {
    this.#isOpen = false
    this.#source = undefined
    this.connection.forget(this)
  }
}
