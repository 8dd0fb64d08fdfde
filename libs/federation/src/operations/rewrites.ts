import type { FetchDataRewrite } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { define, isJsonObject, type JsonObject, ownOf } from './json-value'
import { isOfType } from './type-conditions'

const fragmentPrefix = '... on '

/** Applies the plan's rewrites (renamed keys, replaced values) to a representation or an answer, in place. */
export function rewrite(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
): void {
  for (const each of rewrites ?? []) rewriteAt(schema, each, each.path, 0, value)
}

function rewriteAt(schema: GraphQLSchema, each: FetchDataRewrite, path: string[], at: number, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(schema, each, path, at, item)
    return
  }
  const part = path[at]
  if (part === undefined || !isJsonObject(value)) return
  if (at === path.length - 1) {
    apply(each, part, value)
  } else if (part.startsWith(fragmentPrefix)) {
    if (isOfType(schema, value, part.slice(fragmentPrefix.length), true)) rewriteAt(schema, each, path, at + 1, value)
  } else {
    rewriteAt(schema, each, path, at + 1, ownOf(value, part))
  }
}

function apply(each: FetchDataRewrite, name: string, value: JsonObject): void {
  if (each.kind === 'ValueSetter') {
    define(value, name, each.setValueTo)
    return
  }
  const renamed = ownOf(value, name)
  if (!renamed) return
  define(value, each.renameKeyTo, renamed)
  value[name] = undefined
}
