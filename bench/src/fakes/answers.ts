import { getNamedType, getNullableType, isAbstractType, isEnumType, isListType, isObjectType } from 'graphql'
import type { GraphQLFieldResolver, GraphQLOutputType, GraphQLSchema, GraphQLTypeResolver } from 'graphql'

const scalars: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1.5,
  Boolean: true,
  DateTime: '2026-01-01T00:00:00.000Z',
}

/**
 * A value for any field that the fake does not know: never null, so that an operation which the bench does not foresee
 * is answered as well.
 */
export const answerAnything: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> = (
  source,
  args,
  _context,
  { fieldName, returnType, schema },
) => {
  const value = source?.[fieldName]
  if (typeof value === 'function') return (value as (args: unknown) => unknown)(args)
  return value === undefined ? valueOf(returnType, fieldName, schema) : value
}

function valueOf(type: GraphQLOutputType, name: string, schema: GraphQLSchema): unknown {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [valueOf(nullable.ofType, name, schema)]
  const named = getNamedType(nullable)
  if (isAbstractType(named)) return { __typename: schema.getPossibleTypes(named)[0]?.name }
  if (isObjectType(named)) return {}
  if (isEnumType(named)) return named.getValues()[0]?.value
  return named.name in scalars ? scalars[named.name] : `A ${name}`
}

export const typeOf: GraphQLTypeResolver<unknown, unknown> = (value, _context, _info, type) =>
  (value as { readonly __typename?: string }).__typename ?? type.name

/** The parts of a subgraph's schema that its SDL leaves out, as federation defines them. */
export const federationParts = (entities: readonly string[]): string => `
  scalar _Any
  union _Entity = ${entities.join(' | ')}
  type _Service { sdl: String }
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
`
