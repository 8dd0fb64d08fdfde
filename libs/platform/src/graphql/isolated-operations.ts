import { type ExecutionArgs, type GraphQLError, type GraphQLSchema, parse, subscribe, validate } from 'graphql'
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws'
import { toGraphQLError } from './errors'
import { asGraphQLError } from './graphql-error'

type ContextOf = (socket: Context, id: string, payload: SubscribePayload, args: ExecutionArgs) => Promise<object>

/**
 * One socket of the gateway carries the operations of all its users. What throws before an operation has its stream (the parser,
 * the validator, the context, a resolver) closes the whole socket in graphql-ws 6, so it ends here as an error of its operation.
 * What the stream itself throws, graphql-ws sends as such an error by itself.
 */
export function isolatedOperations(
  schema: GraphQLSchema,
  contextOf: ContextOf,
): Pick<ServerOptions, 'onSubscribe' | 'subscribe' | 'onNext' | 'onError'> {
  return {
    onSubscribe: async (socket, id, payload) => {
      try {
        const args = prepare(schema, payload)
        return 'document' in args ? { ...args, contextValue: await contextOf(socket, id, payload, args) } : args
      } catch (error) {
        return [asGraphQLError(error)]
      }
    },
    subscribe: async (args: ExecutionArgs) => {
      try {
        return await subscribe(args)
      } catch (error) {
        return { errors: [asGraphQLError(error)] }
      }
    },
    onNext: (_socket, _id, _payload, _args, result) =>
      result.errors === undefined ? undefined : { ...result, errors: result.errors.map(shaped) },
    onError: (_socket, _id, _payload, errors) => errors.map(shaped),
  }
}

function prepare(schema: GraphQLSchema, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
  const document = parse(payload.query)
  const faults = validate(schema, document)
  if (faults.length > 0) return faults
  return { schema, document, operationName: payload.operationName, variableValues: payload.variables }
}

const shaped = (error: GraphQLError) => toGraphQLError(error.toJSON(), error)
