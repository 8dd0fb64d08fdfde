import { hash } from 'node:crypto'
import type { FetchParts, FetchRequest } from './execution'
import type { ConcretePath } from './paths'

/** The document of a fetch of a plan, in the forms in which it is sent. */
export class FetchOperation {
  /** As a JSON string. */
  readonly quotedText: string
  readonly #name: string
  #id: string | undefined

  constructor({ operation, operationName }: { operation: string; operationName?: string | undefined }) {
    this.quotedText = JSON.stringify(operation)
    this.#name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`
  }

  /** The SHA-256 of its text, in hex. */
  get id(): string {
    return (this.#id ??= hash('sha256', JSON.parse(this.quotedText) as string))
  }

  /** The body of a request over HTTP. */
  body(variables: string): string {
    return `{"query":${this.quotedText},"variables":${variables}${this.#name}}`
  }
}

/** A request of a plan: which of its forms is needed depends on the way that it takes. */
export class PlannedFetch implements FetchRequest {
  #parts: FetchParts | undefined

  constructor(
    private readonly make: () => FetchParts,
    readonly isWrite: boolean,
    readonly missingPaths: () => readonly ConcretePath[],
    readonly entities?: FetchRequest['entities'],
  ) {}

  get parts(): FetchParts {
    return (this.#parts ??= this.make())
  }

  get body(): string {
    return this.parts.operation.body(this.parts.variables)
  }
}
