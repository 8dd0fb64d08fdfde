import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type TypeNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import type { SharedField } from './declarations'

/** Names that a planner does not use, and that a client's operation has only by intent. */
const position = 'streamPosition__'
const endsFor = 'streamEndsFor__'
const forgets = 'streamForgets__'
const cursorName = 'streamCursor__'

interface Placed {
  [position]?: unknown
  [endsFor]?: unknown
  [forgets]?: unknown
}

/** What is asked of the owner of a shared field. */
export interface UpstreamOperation {
  readonly query: string
  readonly operationName: string | undefined
  /** The query that admits a viewer. */
  readonly admission: string
  /** Variables of both, without the cursor. */
  readonly variables: readonly string[]
  readonly cursor: typeof cursorName
}

/**
 * Adds to the operation of the owner's subgraph what the gateway needs of each frame, whatever the client selects, and
 * makes the cursor a variable.
 */
export function upstreamOperation(planned: string, field: SharedField, cursorType: TypeNode): UpstreamOperation {
  const document = parse(planned, { noLocation: true })
  const [operation] = document.definitions as readonly OperationDefinitionNode[]
  if (operation === undefined) throw new Error('A plan without an operation')
  const root = operation.selectionSet.selections.find((each) => each.kind === Kind.FIELD) as FieldNode
  const given = (root.arguments ?? []).map((argument) =>
    argument.name.value === field.cursor ? { ...argument, value: variableNode(cursorName) } : argument,
  )
  const added = [
    aliased(position, field.position),
    ...(field.endsFor === null ? [] : [aliased(endsFor, field.endsFor)]),
    ...(field.forgets === null ? [] : [aliased(forgets, field.forgets)]),
  ]
  const changed: FieldNode = {
    ...root,
    arguments: given,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(root.selectionSet?.selections ?? []), ...added] },
  }
  const definitions = [...(operation.variableDefinitions ?? []), definitionOf(cursorName, cursorType)]
  const others = document.definitions.filter((node) => node !== operation)
  const subscription = withUsedVariables(
    { ...operation, selectionSet: setOf(changed), variableDefinitions: definitions },
    others,
  )
  const query = withUsedVariables({
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: definitions,
    selectionSet: setOf({ kind: Kind.FIELD, name: nameNode(field.admission), arguments: given }),
  })
  return {
    query: print({ kind: Kind.DOCUMENT, definitions: [subscription, ...others] }),
    operationName: operation.name?.value,
    admission: print(query),
    variables: definitions.map(({ variable }) => variable.name.value).filter((name) => name !== cursorName),
    cursor: cursorName,
  }
}

/** Where a frame stands; null when the subgraph has not said it. */
export interface Place {
  readonly position: number
  readonly endsFor: readonly string[]
  readonly forgets: boolean
}

/** Reads what was added and removes it. */
export function takePlace(data: Record<string, unknown> | null | undefined, responseName: string): Place | null {
  const frame = data?.[responseName] as Placed | null | undefined
  if (typeof frame !== 'object' || frame === null) return null
  const place = { position: frame.streamPosition__, endsFor: frame.streamEndsFor__ ?? [] }
  delete frame.streamPosition__
  delete frame.streamEndsFor__
  const isForgetting = frame.streamForgets__ === true
  delete frame.streamForgets__
  if (!Number.isSafeInteger(place.position) || !Array.isArray(place.endsFor)) return null
  return { position: place.position as number, endsFor: place.endsFor.map(String), forgets: isForgetting }
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const
const variableNode = (name: string) => ({ kind: Kind.VARIABLE, name: nameNode(name) }) as const
const setOf = (selection: SelectionNode) => ({ kind: Kind.SELECTION_SET, selections: [selection] }) as const

const aliased = (alias: string, name: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: nameNode(alias),
  name: nameNode(name),
})

const definitionOf = (name: string, type: TypeNode): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: variableNode(name),
  type,
})

/** A document may not define a variable that it does not use. */
function withUsedVariables(
  operation: OperationDefinitionNode,
  others: DocumentNode['definitions'] = [],
): OperationDefinitionNode {
  const used = new Set<string>()
  for (const node of [operation, ...others]) {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void used.add(name.value),
    })
  }
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value))
  return { ...operation, variableDefinitions: variableDefinitions ?? [] }
}
