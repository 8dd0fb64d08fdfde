import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql'
import type { JsonObject } from './json-value'

/** Whether an object is of a type of the supergraph; an object without `__typename` counts as `whenUnknown`. */
export function isOfType(schema: GraphQLSchema, value: JsonObject, condition: string, whenUnknown = false): boolean {
  const name = value['__typename']
  if (!name) return whenUnknown
  if (name === condition) return true
  const type = typeof name === 'string' ? schema.getType(name) : undefined
  const wanted = schema.getType(condition)
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
}
