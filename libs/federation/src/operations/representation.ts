import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { isJsonObject, type JsonObject, quoted } from './json-value'
import { merge } from './merge'
import { rewrite } from './rewrites'
import { isOfType } from './type-conditions'
import { assertPlainName } from './unusual'

/** The representation of an entity as JSON text; null for an entity that this fetch has nothing to do with. */
export type Represent = (entity: unknown) => string | null

/**
 * Compiles how a fetch represents its entities. The text is also the key by which equal entities are found. For each
 * type that arrives the fields are looked up once.
 */
export function compileRepresentation(node: FetchNode, schema: GraphQLSchema): Represent {
  const requires = node.requires ?? []
  assertPlainNames(requires)
  const generic: Represent = (entity) => genericText(schema, node, requires, entity)
  if (node.inputRewrites !== undefined && node.inputRewrites.length > 0) return generic
  const byType = new Map<string, readonly string[] | null>()
  return (entity) => {
    if (!isJsonObject(entity)) return generic(entity)
    const name = entity['__typename']
    if (typeof name !== 'string' || name === '') return generic(entity)
    let fields = byType.get(name)
    if (fields === undefined) {
      fields = simpleFieldsOf(schema, requires, name)
      // What a subgraph calls a type is not remembered unless the schema has it.
      if (schema.getType(name) !== undefined) byType.set(name, fields)
    }
    return fields === null ? generic(entity) : simpleText(entity, fields)
  }
}

function assertPlainNames(selections: readonly QueryPlanSelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') assertPlainName(selection.alias ?? selection.name)
    assertPlainNames(selection.selections ?? [])
  }
}

/** The fields of the only fragment on this type when all of them are leaves; null for anything else. */
function simpleFieldsOf(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  typename: string,
): readonly string[] | null {
  const names: string[] = []
  let fragments = 0
  for (const selection of requires) {
    if (selection.kind === 'Field' || selection.typeCondition === undefined) return null
    if (!isOfType(schema, { __typename: typename }, selection.typeCondition)) continue
    fragments++
    for (const field of selection.selections) {
      if (field.kind !== 'Field' || field.selections !== undefined) return null
      names.push(field.alias ?? field.name)
    }
  }
  return fragments === 1 && names.includes('__typename') && new Set(names).size === names.length ? names : null
}

function simpleText(entity: JsonObject, fields: readonly string[]): string | null {
  let text = '{'
  for (const name of fields) {
    const value = entity[name]
    if (value === undefined) return null
    text += `${text.length === 1 ? '' : ','}"${name}":${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`
  }
  return `${text}}`
}

function genericText(
  schema: GraphQLSchema,
  node: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  entity: unknown,
): string | null {
  const representation = select(schema, entity, requires)
  if (representation === null || !representation['__typename']) return null
  rewrite(schema, node.inputRewrites, representation)
  return JSON.stringify(representation)
}

/** The selected part of a value; null when a field of it has not arrived. */
function select(
  schema: GraphQLSchema,
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | null {
  if (source === null || source === undefined) return null
  const selected = Object.create(null) as JsonObject
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name
      const value = Object.hasOwn(source, name) ? (source as JsonObject)[name] : undefined
      if (value === undefined) return null
      const below = selection.selections
      const selectBelow = (each: unknown): unknown => (below === undefined ? each : select(schema, each, below))
      selected[name] = Array.isArray(value) ? value.map(selectBelow) : selectBelow(value)
    } else if (
      selection.typeCondition !== undefined &&
      Boolean(source) &&
      isOfType(schema, source as JsonObject, selection.typeCondition)
    ) {
      merge(selected, select(schema, source, selection.selections))
    }
  }
  return selected
}
