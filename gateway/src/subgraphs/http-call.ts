import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

type Request = Omit<Dispatcher.DispatchOptions, 'method'>

/**
 * One POST, its answer read as a whole. undici's own `request` makes a stream, an abort signal and their listeners for
 * each call, which cost as much as the call itself.
 */
export class HttpCall implements Dispatcher.DispatchHandler {
  readonly answered: Promise<HttpAnswer>
  readonly #settle: PromiseWithResolvers<HttpAnswer>
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | undefined
  #givenUp: Error | undefined
  #status = 0
  #headers: IncomingHttpHeaders = {}

  constructor(dispatcher: Dispatcher, request: Request) {
    this.#settle = Promise.withResolvers()
    this.answered = this.#settle.promise
    dispatcher.dispatch({ ...request, method: 'POST' }, this)
  }

  /** Rejects at once, also when the request still waits for a connection. */
  giveUp(): void {
    this.#givenUp = new Error('The call was given up')
    this.#settle.reject(this.#givenUp)
    this.#controller?.abort(this.#givenUp)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#givenUp !== undefined) controller.abort(this.#givenUp)
    this.#controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [first] = this.#chunks
    const body = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    this.#settle.resolve({ status: this.#status, headers: this.#headers, text: body.toString() })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle.reject(error)
  }
}
