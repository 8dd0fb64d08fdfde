import { type ExecutionArgs, type ExecutionResult, type GraphQLError, type GraphQLSchema, subscribe } from 'graphql'
import type { ServerOptions, SubscribePayload } from 'graphql-ws'
import { inOperation, operationLog } from '../logging/follow-operations'
import { toGraphQLError } from './errors'
import { asGraphQLError } from './graphql-error'
import { isDocument, type KnownDocuments } from './known-documents'

type ContextOf = (socket: unknown, id: string, payload: SubscribePayload, args: unknown) => Promise<object>

interface Operation extends ExecutionArgs {
  readonly payload: SubscribePayload
}

/**
 * One socket of the gateway carries the operations of all its users. An exception before an operation has its stream
 * (in the parser, the validator, the context or a resolver) closes the whole socket in graphql-ws 6, so here it becomes
 * an error of its operation. Exceptions of the stream itself graphql-ws sends as such an error already. Every step of
 * an operation runs in its own request context.
 */
export function isolatedOperations(
  schema: GraphQLSchema,
  documents: KnownDocuments,
  contextOf: ContextOf,
): Pick<ServerOptions, 'onSubscribe' | 'subscribe' | 'onNext' | 'onError' | 'onComplete'> {
  return {
    onSubscribe: (socket, id, payload) =>
      inOperation(payload, async () => {
        try {
          const args = prepare(schema, documents, payload)
          if (!('document' in args)) return args
          const contextValue = await contextOf(socket, id, payload, args)
          forget(payload)
          return { ...args, contextValue }
        } catch (error) {
          return [asGraphQLError(error)]
        }
      }),
    subscribe: (args) => {
      // What onSubscribe returned.
      const { payload } = args as Operation
      return inOperation(payload, async () => {
        try {
          const result = await subscribe(args)
          if (!isStream(result)) return result
          operationLog.subscribed(payload)
          return new OperationStream(payload, result)
        } catch (error) {
          return { errors: [asGraphQLError(error)] }
        }
      })
    },
    onNext: (_socket, _id, payload, _args, result) =>
      result.errors === undefined ? undefined : { ...result, errors: shape(payload, result.errors) },
    onError: (_socket, _id, payload, errors) => {
      const shaped = shape(payload, errors)
      operationLog.failed(payload, shaped)
      return shaped
    },
    onComplete: (_socket, _id, payload) => operationLog.ended(payload),
  }
}

function prepare(
  schema: GraphQLSchema,
  documents: KnownDocuments,
  payload: SubscribePayload,
): Operation | readonly GraphQLError[] {
  const document = documents.read(payload.query)
  if (!isDocument(document)) return document
  return { schema, document, operationName: payload.operationName, variableValues: payload.variables, payload }
}

const isStream = (result: object): result is AsyncGenerator<ExecutionResult, void, void> =>
  Symbol.asyncIterator in result

/** A payload lives as long as its stream: without the text, which is the document's, and the token. */
function forget(payload: SubscribePayload): void {
  Object.assign(payload, { query: '', extensions: undefined })
}

/** A generator runs in the context of the caller of `next()`, which here is the socket. */
class OperationStream implements AsyncGenerator<ExecutionResult, void, void> {
  constructor(
    private readonly payload: SubscribePayload,
    private readonly stream: AsyncGenerator<ExecutionResult, void, void>,
  ) {}

  next(): Promise<IteratorResult<ExecutionResult, void>> {
    return inOperation(this.payload, () => this.stream.next())
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    return inOperation(this.payload, () => this.stream.return())
  }

  throw(error: unknown): Promise<IteratorResult<ExecutionResult, void>> {
    return inOperation(this.payload, () => this.stream.throw(error))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await inOperation(this.payload, () => this.stream[Symbol.asyncDispose]())
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

const shape = (payload: SubscribePayload, errors: readonly GraphQLError[]) =>
  inOperation(payload, () => errors.map((error) => toGraphQLError(error.toJSON(), error)))
