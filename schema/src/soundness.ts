import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { namedTypeOf } from './borrowed-fields.ts'

export interface SubgraphSdl {
  readonly name: string
  readonly url: string
  readonly sdl: string
}

type TypeNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode

interface Key {
  readonly fields: SelectionSetNode
  readonly text: string
  readonly isResolvable: boolean
}

/** One subgraph's part of a type. */
interface Part {
  readonly subgraph: string
  readonly schema: DocumentNode
  readonly node: TypeNode
  readonly keys: readonly Key[]
}

/**
 * Schemas that compose and are then executed wrongly, without a warning, by Apollo's planner or a JavaScript gateway:
 * directives that it does not enforce, `@requires` with arguments, entities of which no other subgraph has a complete
 * key. Empty when there are none. Found by graphql-hive/federation-gateway-audit, where @apollo/gateway fails on each.
 */
export function faultsOf(subgraphs: readonly SubgraphSdl[]): readonly string[] {
  const parsed = subgraphs.map(({ name, sdl }) => ({ name, schema: parse(sdl) }))
  const parts = parsed.flatMap(({ name, schema }) => partsIn(name, schema))
  return [
    ...parsed.flatMap(({ name, schema }) => faultsOfImports(name, schema)),
    ...parts.flatMap(faultsOfRequires),
    ...[...Map.groupBy(parts, ({ node }) => node.name.value).values()].flatMap(faultsOfKeys),
  ]
}

/** The package refuses to load these at start, or loads them and does not enforce them. */
const unenforced = new Set(['@authenticated', '@requiresScopes', '@policy', '@context', '@fromContext'])

function faultsOfImports(subgraph: string, schema: DocumentNode): readonly string[] {
  const used = new Set<string>()
  visit(schema, { Directive: ({ name }) => void used.add(`@${name.value}`) })
  return importsOf(schema).flatMap((directive) => {
    if (unenforced.has(directive)) return [`${subgraph} imports ${directive}, which this gateway does not enforce`]
    return used.has(directive) ? [] : [`${subgraph} imports ${directive} and does not use it`]
  })
}

function importsOf(schema: DocumentNode): readonly string[] {
  const imports: string[] = []
  visit(schema, {
    Directive: ({ name, arguments: given }) => {
      if (name.value !== 'link') return
      const list = given?.find((argument) => argument.name.value === 'import')?.value
      if (list?.kind !== Kind.LIST) return
      for (const value of list.values) if (value.kind === Kind.STRING) imports.push(value.value)
    },
  })
  return imports.filter((name) => name.startsWith('@'))
}

function partsIn(subgraph: string, schema: DocumentNode): readonly Part[] {
  const types = schema.definitions.filter(
    (node): node is TypeNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.OBJECT_TYPE_EXTENSION ||
      node.kind === Kind.INTERFACE_TYPE_DEFINITION,
  )
  return types.map((node) => ({ subgraph, schema, node, keys: keysOf(node) }))
}

const keysOf = ({ directives = [] }: TypeNode): readonly Key[] =>
  directives
    .filter(({ name }) => name.value === 'key')
    .map((directive) => {
      const text = fieldsOf(directive)
      return { text, fields: selectionOf(text), isResolvable: !hasFalse(directive, 'resolvable') }
    })

function faultsOfRequires({ subgraph, node }: Part): readonly string[] {
  return (node.fields ?? []).flatMap(({ name, directives = [] }) =>
    directives
      .filter((directive) => directive.name.value === 'requires' && hasArguments(selectionOf(fieldsOf(directive))))
      .map(() => `${subgraph}: ${node.name.value}.${name.value} @requires a field with arguments`),
  )
}

/**
 * For an entity that several subgraphs share: each part must be reachable from another one, by a key that the other one
 * has completely.
 */
function faultsOfKeys(parts: readonly Part[]): readonly string[] {
  if (parts.length < 2 || parts.every(({ keys }) => keys.length === 0)) return []
  return parts.flatMap((part) => {
    const others = parts.filter((other) => other !== part)
    const { subgraph, node, keys } = part
    const isInterfaceObject = node.directives?.some(({ name }) => name.value === 'interfaceObject')
    const resolvable = keys.filter(({ isResolvable }) => isResolvable)
    if (resolvable.length === 0) {
      const isResolvedElsewhere = keys.every((key) =>
        others.some((other) => other.keys.some(({ text, isResolvable }) => isResolvable && text === key.text)),
      )
      if (isResolvedElsewhere && isInterfaceObject !== true) return []
      return [`${subgraph}: no subgraph resolves ${node.name.value} by the key that this one has of it`]
    }
    const isReachable = resolvable.some(({ fields }) => others.some((other) => hasWhole(other, other.node, fields)))
    return isReachable ? [] : [`${subgraph}: no other subgraph has a whole key of ${node.name.value} to come here with`]
  })
}

/** Whether a subgraph can resolve all of these fields by itself. */
function hasWhole(part: Part, type: TypeNode, { selections }: SelectionSetNode): boolean {
  return selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false
    const field = type.fields?.find(({ name }) => name.value === selection.name.value)
    if (field === undefined || isExternal(field)) return false
    if (selection.selectionSet === undefined) return true
    const inner = partsIn(part.subgraph, part.schema).find(({ node }) => node.name.value === namedTypeOf(field.type))
    return inner !== undefined && hasWhole(part, inner.node, selection.selectionSet)
  })
}

const isExternal = ({ directives = [] }: FieldDefinitionNode): boolean =>
  directives.some(({ name }) => name.value === 'external')

function hasArguments(fields: SelectionSetNode): boolean {
  let found = false
  visit(fields, { Field: (field) => void (found ||= (field.arguments ?? []).length > 0) })
  return found
}

function selectionOf(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a set of fields: ${fields}`)
  return operation.selectionSet
}

function fieldsOf({ arguments: given = [] }: ConstDirectiveNode): string {
  const fields = given.find(({ name }) => name.value === 'fields')?.value
  return fields?.kind === Kind.STRING ? fields.value.replaceAll(/\s+/g, ' ').trim() : ''
}

const hasFalse = ({ arguments: given = [] }: ConstDirectiveNode, argument: string): boolean =>
  given.some(({ name, value }) => name.value === argument && value.kind === Kind.BOOLEAN && !value.value)
