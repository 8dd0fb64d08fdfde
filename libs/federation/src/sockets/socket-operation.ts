import type { GraphQLFormattedError } from 'graphql'
import type { EncodedResult } from '../operation-sink'
import { ClientOperation } from './client-operation'
import { closings } from './closings'
import type { Connection } from './connection'
import { completeMessage, errorMessage, escapedId } from './messages'

/** An operation of a client on its socket. */
export class SocketOperation<Client, Data> extends ClientOperation<Client, Data> {
  readonly #escapedId: string

  constructor(
    readonly connection: Connection<Client, Data>,
    readonly id: string,
  ) {
    super()
    this.#escapedId = escapedId(id)
  }

  get client(): Client {
    return this.connection.client
  }

  overflow(): void {
    this.connection.close(closings.slow)
  }

  protected sendResult(result: EncodedResult): void {
    this.connection.sendResult(result, this.#escapedId)
  }

  protected sendErrors(errors: readonly GraphQLFormattedError[]): void {
    this.connection.send(errorMessage(this.id, errors))
  }

  protected sendEnd(): void {
    this.connection.send(completeMessage(this.id))
  }

  protected ended(): void {
    this.connection.forget(this)
  }
}
