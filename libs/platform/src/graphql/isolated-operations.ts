import { type ExecutionArgs, type ExecutionResult, type GraphQLError, type GraphQLSchema, subscribe } from 'graphql'
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws'
import { inOperation, operationLog } from '../logging/follow-operations'
import { toGraphQLError } from './errors'
import { asGraphQLError } from './graphql-error'
import { isDocument, type KnownDocuments } from './known-documents'

type ContextOf = (socket: Context, id: string, payload: SubscribePayload, args: ExecutionArgs) => Promise<object>

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
          return 'document' in args ? { ...args, contextValue: await contextOf(socket, id, payload, args) } : args
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
          return inOperationOf(payload, result)
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

/** A generator runs in the context of the caller of `next()`, which here is the socket. */
function inOperationOf<Value>(
  payload: SubscribePayload,
  stream: AsyncGenerator<Value, void, void>,
): AsyncGenerator<Value, void, void> {
  const inOwn: AsyncGenerator<Value, void, void> = {
    next: () => inOperation(payload, () => stream.next()),
    return: () => inOperation(payload, () => stream.return()),
    throw: (error) => inOperation(payload, () => stream.throw(error)),
    [Symbol.asyncIterator]: () => inOwn,
    [Symbol.asyncDispose]: () => inOperation(payload, () => stream[Symbol.asyncDispose]()),
  }
  return inOwn
}

const shape = (payload: SubscribePayload, errors: readonly GraphQLError[]) =>
  inOperation(payload, () => errors.map((error) => toGraphQLError(error.toJSON(), error)))
