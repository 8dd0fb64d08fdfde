import type { GraphQLFormattedError } from 'graphql'
import type { EncodedResult, OperationSink, OperationSource } from '../operation-sink'

/** An operation of one client, over a socket or an event stream. Nothing is sent after its end. */
export abstract class ClientOperation<Client, Data> implements OperationSink {
  abstract readonly client: Client
  /** What the owner of the server knows of this operation. */
  data: Data | undefined
  #source: OperationSource | undefined
  #isOpen = true

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The source is stopped when the client leaves; at once if it has left already. */
  from(source: OperationSource): void {
    if (this.#isOpen) this.#source = source
    else source.stop()
  }

  next(result: EncodedResult): void {
    if (this.#isOpen) this.sendResult(result)
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    if (!this.#isOpen) return
    this.sendErrors(errors)
    this.#end()
  }

  complete(): void {
    if (!this.#isOpen) return
    this.sendEnd()
    this.#end()
  }

  /** The client has left. */
  leave(): void {
    if (!this.#isOpen) return
    const source = this.#source
    this.#end()
    source?.stop()
  }

  /** Ends it with errors that its source does not know of, and stops the source. */
  cancel(errors: readonly GraphQLFormattedError[]): void {
    const source = this.#source
    this.error(errors)
    source?.stop()
  }

  /** More has come for this client than may wait for it: its connection is closed, and it has to resume. */
  abstract overflow(): void
  protected abstract sendResult(result: EncodedResult): void
  protected abstract sendErrors(errors: readonly GraphQLFormattedError[]): void
  protected abstract sendEnd(): void
  protected abstract ended(): void

  #end(): void {
    this.#isOpen = false
    this.#source = undefined
    this.ended()
  }
}
