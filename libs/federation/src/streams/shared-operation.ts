import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Declarations, SharedField } from './declarations'

/** A subscription of a client whose frames may be shared. */
export interface SharedOperation {
  readonly field: SharedField
  /** The name of the field in results. */
  readonly responseName: string
  /** The variable with the cursor; null when the document itself has the cursor. */
  readonly cursorVariable: string | null
  readonly fixedCursor: unknown
}

/** Why the frames of an operation cannot be shared. */
export interface NotShared {
  readonly reason: string
}

/** Null for an operation whose field is not declared as shared. */
export function sharedOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { shared, perViewer }: Declarations,
): SharedOperation | NotShared | null {
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return null
  const root = rootFieldOf(document, operation)
  const field = root === null ? undefined : shared.get(root.name.value)
  if (root === null || field === undefined) return null
  const reachable = reachableFrom(document, operation)
  const dependent = firstPerViewer(schema, reachable, perViewer)
  if (dependent !== null) return { reason: `${dependent} depends on the viewer` }
  const cursor = root.arguments?.find(({ name }) => name.value === field.cursor)
  if (cursor === undefined) return { reason: `It has no cursor (${field.cursor})` }
  const variable = cursor.value.kind === Kind.VARIABLE ? cursor.value.name.value : null
  if (variable !== null && usesOf(reachable, variable, cursor) > 0)
    return { reason: `It uses the cursor $${variable} a second time` }
  const fixedCursor: unknown = variable === null ? valueFromASTUntyped(cursor.value) : undefined
  return { field, responseName: (root.alias ?? root.name).value, cursorVariable: variable, fixedCursor }
}

/** The only field of a subscription; fragments may stand around it. */
function rootFieldOf(document: DocumentNode, operation: OperationDefinitionNode): FieldNode | null {
  let set = operation.selectionSet
  for (;;) {
    const [selection, second] = set.selections
    if (selection === undefined || second !== undefined || (selection.directives ?? []).length > 0) return null
    if (selection.kind === Kind.FIELD) return selection
    const next = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(document, selection.name.value)
    if (next === undefined) return null
    set = next.selectionSet
  }
}

const fragmentOf = ({ definitions }: DocumentNode, name: string) =>
  definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) as
    Extract<DocumentNode['definitions'][number], { kind: Kind.FRAGMENT_DEFINITION }> | undefined

/** The operation with the fragments that it uses. */
function reachableFrom(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const names = new Set<string>()
  const follow = (node: DocumentNode['definitions'][number]): void =>
    void visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragmentOf(document, name.value)
        if (fragment === undefined || names.has(name.value)) return
        names.add(name.value)
        follow(fragment)
      },
    })
  follow(operation)
  const used = document.definitions.filter(
    (node) => node === operation || (node.kind === Kind.FRAGMENT_DEFINITION && names.has(node.name.value)),
  )
  return { kind: Kind.DOCUMENT, definitions: used }
}

/** The coordinate of the first selected field whose value depends on the viewer. */
function firstPerViewer(schema: GraphQLSchema, document: DocumentNode, perViewer: ReadonlySet<string>): string | null {
  const types = new TypeInfo(schema)
  let found: string | null = null
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType()?.name ?? ''
        const type = getNamedType(types.getType())?.name ?? ''
        const coordinate = `${parent}.${name.value}`
        if ([coordinate, parent, type].some((each) => perViewer.has(each))) found ??= coordinate
      },
    }),
  )
  return found
}

function usesOf(document: DocumentNode, variable: string, except: ArgumentNode): number {
  let uses = 0
  visit(document, {
    Argument: (node) => (node === except ? false : undefined),
    VariableDefinition: () => false,
    Variable: ({ name }) => void (uses += name.value === variable ? 1 : 0),
  })
  return uses
}
