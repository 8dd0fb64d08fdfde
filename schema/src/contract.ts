import { Supergraph } from '@apollo/federation-internals'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  type SchemaDefinitionNode,
  type TypeDefinitionNode,
  visit,
} from 'graphql'
import { namedTypeOf } from './borrowed-fields.ts'
import type { Composition } from './compose.ts'

/** The API for bots and integrations. */
export const publicContractOf = (supergraph: string): Composition => contractOf(supergraph, ['internal'])

/**
 * A contract of a supergraph: the same without what has one of these tags. It is hidden as Apollo's contracts hide it,
 * by `@inaccessible`: clients cannot see it, and the gateway can still fetch it, as a key for instance. A type of which
 * nothing is left, or to which nothing leads any more, is hidden too. Throws when something visible depends on what is
 * hidden.
 */
export function contractOf(supergraph: string, excludedTags: readonly string[]): Composition {
  const document = parse(supergraph)
  const types = document.definitions.filter(isTypeDefinitionNode).filter(({ name }) => !isOfFederation(name.value))
  const hidden = new Set<string>()
  for (const { at, node } of types.flatMap(elementsOf)) {
    if (isInaccessible(node) || tagsOf(node).some((tag) => excludedTags.includes(tag))) hidden.add(at)
  }
  for (const type of types) if (isEmptied(type, hidden)) hidden.add(type.name.value)
  const reached = reachable(types, hidden, document)
  for (const { name } of types) if (!reached.has(name.value)) hidden.add(name.value)
  const contract = `${print(linked(marked(document, hidden))).trim()}\n`
  return { supergraph: contract, api: apiOf(contract) }
}

type Element = TypeDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode

interface Placed {
  /** The coordinate: `Type`, `Type.field`, `Type.field.argument`. */
  readonly at: string
  readonly node: Element
}

const isOfFederation = (name: string): boolean => name.includes('__')

function elementsOf(type: TypeDefinitionNode): readonly Placed[] {
  const at = type.name.value
  const members = membersOf(type).flatMap((member): Placed[] => {
    const place = `${at}.${member.name.value}`
    const given = 'arguments' in member ? (member.arguments ?? []) : []
    return [{ at: place, node: member }, ...given.map((node) => ({ at: `${place}.${node.name.value}`, node }))]
  })
  return [{ at, node: type }, ...members]
}

const membersOf = (type: TypeDefinitionNode) =>
  'fields' in type ? (type.fields ?? []) : 'values' in type ? (type.values ?? []) : []

const isEmptied = (type: TypeDefinitionNode, hidden: ReadonlySet<string>): boolean =>
  membersOf(type).length > 0 && membersOf(type).every(({ name }) => hidden.has(`${type.name.value}.${name.value}`))

const isInaccessible = ({ directives }: Element): boolean =>
  directives?.some(({ name }) => name.value === 'inaccessible') === true

const tagsOf = ({ directives = [] }: Element): readonly string[] =>
  directives.flatMap(({ name, arguments: given = [] }) => {
    const value = given.find((argument) => argument.name.value === 'name')?.value
    return name.value === 'tag' && value?.kind === Kind.STRING ? [value.value] : []
  })

/** The types that a client can come to from the root types, over what is not hidden. */
function reachable(
  types: readonly TypeDefinitionNode[],
  hidden: ReadonlySet<string>,
  document: DocumentNode,
): ReadonlySet<string> {
  const byName = new Map(types.map((type) => [type.name.value, type]))
  const reached = new Set<string>()
  const visitType = (name: string): void => {
    const type = byName.get(name)
    if (type === undefined || hidden.has(name) || reached.has(name)) return
    reached.add(name)
    for (const next of neighboursOf(type, types, hidden)) visitType(next)
  }
  for (const name of rootsOf(document)) visitType(name)
  return reached
}

function neighboursOf(
  type: TypeDefinitionNode,
  types: readonly TypeDefinitionNode[],
  hidden: ReadonlySet<string>,
): readonly string[] {
  const ofMembers = elementsOf(type).flatMap(({ at, node }) =>
    'type' in node && isVisible(at, hidden) ? [node.type] : [],
  )
  const members = type.kind === Kind.UNION_TYPE_DEFINITION ? (type.types ?? []) : []
  const interfaces = 'interfaces' in type ? (type.interfaces ?? []) : []
  const implementations =
    type.kind === Kind.INTERFACE_TYPE_DEFINITION ? types.filter((other) => implementsIt(other, type.name.value)) : []
  return [
    ...ofMembers.map(namedTypeOf),
    ...[...members, ...interfaces, ...implementations].map(({ name }) => name.value),
  ]
}

/** An argument of a hidden field is hidden with it. */
const isVisible = (at: string, hidden: ReadonlySet<string>): boolean =>
  !hidden.has(at) && !hidden.has(at.slice(0, at.lastIndexOf('.')))

const implementsIt = (type: TypeDefinitionNode, name: string): boolean =>
  'interfaces' in type && type.interfaces?.some((each) => each.name.value === name) === true

const rootsOf = ({ definitions }: DocumentNode): readonly string[] =>
  definitions
    .filter((node): node is SchemaDefinitionNode => node.kind === Kind.SCHEMA_DEFINITION)
    .flatMap(({ operationTypes }) => operationTypes.map(({ type }) => type.name.value))

const [inaccessible, link] = (
  parse('schema @inaccessible @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }')
    .definitions as readonly SchemaDefinitionNode[]
).flatMap(({ directives = [] }) => directives) as [ConstDirectiveNode, ConstDirectiveNode]

function marked(document: DocumentNode, hidden: ReadonlySet<string>): DocumentNode {
  const path: string[] = []
  const result: DocumentNode = visit(document, {
    DirectiveDefinition: () => false,
    enter: (node) => {
      if (!('directives' in node) || !('name' in node) || node.name === undefined) return undefined
      if (isOfFederation(node.name.value)) return false
      path.push(node.name.value)
      return undefined
    },
    leave: (node) => {
      if (!('directives' in node) || !('name' in node) || node.name === undefined) return undefined
      const at = path.join('.')
      path.pop()
      if (!hidden.has(at) || isInaccessible(node as Element)) return undefined
      return { ...node, directives: [...(node.directives ?? []), inaccessible] }
    },
  })
  return result
}

const definition =
  'directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION'

/** Links and defines the directive in a supergraph where nothing was hidden before. */
function linked(document: DocumentNode): DocumentNode {
  const isDefined = document.definitions.some(
    (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === 'inaccessible',
  )
  if (isDefined) return document
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.SCHEMA_DEFINITION ? { ...node, directives: [...(node.directives ?? []), link] } : node,
  )
  return { ...document, definitions: [...definitions, ...parse(definition).definitions] }
}

function apiOf(supergraph: string): string {
  try {
    const api = Supergraph.build(supergraph, { validateSupergraph: true }).apiSchema().toGraphQLJSSchema()
    return `${printSchema(lexicographicSortSchema(api))}\n`
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The contract shows something that depends on what it hides; tag that too.\n${reason}`, {
      cause: error,
    })
  }
}
