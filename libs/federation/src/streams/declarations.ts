import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type NamedTypeNode,
  OperationTypeNode,
  type TypeNode,
} from 'graphql'

/** The specification of the directives that subgraphs use, of any version. */
const specification = 'https://parley.chat/streams/'

/** A subscription field whose frames are the same for all who may follow it. */
export interface SharedField {
  readonly name: string
  /** Its argument after which frames are sent: the `position` of the last frame that a client has. */
  readonly cursor: string
  /** The field of a frame up to which everything is in this frame or in an earlier one. */
  readonly position: string
  /** The field of a frame with the ids of those who may not see the next one. */
  readonly endsFor: string | null
  /** The field of a frame that says whether earlier frames may not be sent any more. */
  readonly forgets: string | null
  /** The query that admits a viewer, with arguments of the subscription. */
  readonly admission: string
}

/** What a supergraph declares about its subscriptions. */
export interface Declarations {
  readonly shared: ReadonlyMap<string, SharedField>
  /** Whether a value depends on the viewer: the coordinates of fields, as `Type.field`, and the names of types. */
  readonly perViewer: ReadonlySet<string>
}

interface Fields {
  readonly name: string
  readonly directives: readonly ConstDirectiveNode[]
  readonly fields: readonly { name: string; type: string; directives: readonly ConstDirectiveNode[] }[]
  readonly above: readonly string[]
}

/** Reads the directives of a schema, be it a supergraph's or a subgraph's. */
export function declarationsOf(document: DocumentNode): Declarations {
  const names = importedNames(document)
  const types = typesOf(document)
  const root = types.filter(({ name }) => name === subscriptionTypeOf(document)).flatMap(({ fields }) => fields)
  const shared = root.flatMap((field) => {
    const directive = field.directives.find(({ name }) => name.value === names.shared)
    return directive === undefined ? [] : [[field.name, sharedField(field.name, directive)] as const]
  })
  return { shared: new Map(shared), perViewer: perViewerOf(types, names.perViewer) }
}

/**
 * Also the interfaces and unions through which such a value can be reached, and what implements an interface that says
 * so.
 */
function perViewerOf(types: readonly Fields[], directive: string): ReadonlySet<string> {
  const isMarked = ({ directives }: Pick<Fields, 'directives'>) =>
    directives.some(({ name }) => name.value === directive)
  const below = (name: string) => types.filter(({ above }) => above.includes(name)).map((type) => type.name)
  const above = (name: string) => types.filter((type) => type.name === name).flatMap((type) => type.above)
  /** A type with those that implement it, and what all of these are part of. */
  const related = (name: string) => {
    const own = reachedFrom(name, below)
    return [...own].flatMap((each) => [...reachedFrom(each, above)])
  }
  const marked = types.filter(isMarked).flatMap(({ name }) => related(name))
  const fields = types.flatMap((type) =>
    type.fields.filter(isMarked).flatMap((field) => related(type.name).map((name) => `${name}.${field.name}`)),
  )
  return new Set([...marked, ...fields])
}

function reachedFrom(name: string, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([name])
  for (const each of reached) for (const further of next(each)) reached.add(further)
  return reached
}

/** A schema may import a directive under another name. */
function importedNames(document: DocumentNode): { shared: string; perViewer: string } {
  const names = { shared: 'streams__shared', perViewer: 'streams__perViewer' }
  for (const link of linksOf(document)) {
    const imports = link.arguments?.find(({ name }) => name.value === 'import')?.value
    if (imports?.kind !== Kind.LIST) continue
    for (const value of imports.values) {
      const name = value.kind === Kind.OBJECT ? stringIn(value, 'name') : value.kind === Kind.STRING ? value.value : ''
      const alias = value.kind === Kind.OBJECT ? stringIn(value, 'as') : null
      if (name === '@shared' || name === '@perViewer')
        names[name.slice(1) as keyof typeof names] = (alias ?? name).slice(1)
    }
  }
  return names
}

const linksOf = ({ definitions }: DocumentNode): readonly ConstDirectiveNode[] =>
  definitions
    .flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
    )
    .filter((directive) => directive.name.value === 'link' && argumentOf(directive, 'url')?.startsWith(specification))

function typesOf({ definitions }: DocumentNode): readonly Fields[] {
  const unions = unionsIn(definitions)
  return definitions.flatMap((node) => {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION: {
        const name = node.name.value
        const fields = (node.fields ?? []).map((field) => ({
          name: field.name.value,
          type: namedType(field.type).name.value,
          directives: field.directives ?? [],
        }))
        const above = [...(node.interfaces ?? []).map((each) => each.name.value), ...(unions.get(name) ?? [])]
        return [{ name, directives: node.directives ?? [], fields, above }]
      }
      default:
        return []
    }
  })
}

/** The unions that each type is in. */
function unionsIn(definitions: DocumentNode['definitions']): ReadonlyMap<string, readonly string[]> {
  const unions = new Map<string, string[]>()
  for (const node of definitions) {
    if (node.kind !== Kind.UNION_TYPE_DEFINITION && node.kind !== Kind.UNION_TYPE_EXTENSION) continue
    for (const { name } of node.types ?? [])
      unions.set(name.value, [...(unions.get(name.value) ?? []), node.name.value])
  }
  return unions
}

const namedType = (type: TypeNode): NamedTypeNode => (type.kind === Kind.NAMED_TYPE ? type : namedType(type.type))

function subscriptionTypeOf({ definitions }: DocumentNode): string {
  for (const node of definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue
    const root = node.operationTypes?.find(({ operation }) => operation === OperationTypeNode.SUBSCRIPTION)
    if (root !== undefined) return root.type.name.value
  }
  return 'Subscription'
}

function sharedField(name: string, directive: ConstDirectiveNode): SharedField {
  const { cursor, position, admission } = {
    cursor: argumentOf(directive, 'cursor'),
    position: argumentOf(directive, 'position'),
    admission: argumentOf(directive, 'admission'),
  }
  if (cursor === null || position === null || admission === null)
    throw new Error(`@shared on ${name} needs a cursor, a position and an admission`)
  const [endsFor, forgets] = [argumentOf(directive, 'endsFor'), argumentOf(directive, 'forgets')]
  return { name, cursor, position, endsFor, forgets, admission }
}

function argumentOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | null {
  const value = given.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : null
}

function stringIn(value: { readonly fields: readonly { name: { value: string }; value: unknown }[] }, name: string) {
  const found = value.fields.find((field) => field.name.value === name)?.value as { value?: unknown } | undefined
  return typeof found?.value === 'string' ? found.value : null
}
