import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql'

interface Alias {
  readonly alias: string
  readonly representationsVariableName: string
}

/** The name that Apollo's executor gives to the variable. */
const representations = 'representations'

/** The part of a batch's operation that asks for the entities of one alias, as an operation of its own. */
export function operationOfAlias(
  batch: string,
  { alias, representationsVariableName }: Alias,
): { operation: string; variableUsages: string[] } {
  const { definitions } = parse(batch, { noLocation: true })
  const fragments = new Map<string, FragmentDefinitionNode>()
  let whole: OperationDefinitionNode | undefined
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) whole = definition
  }
  const field = whole?.selectionSet.selections.find((each) => each.kind === Kind.FIELD && each.alias?.value === alias)
  if (whole === undefined || field?.kind !== Kind.FIELD) throw new Error(`A batch without its alias ${alias}: ${batch}`)
  const used = usesOf(field, fragments)
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...whole,
        variableDefinitions:
          whole.variableDefinitions?.filter(({ variable }) => used.variables.has(variable.name.value)) ?? [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, alias: undefined }] },
      },
      ...[...fragments.values()].filter(({ name }) => used.fragments.has(name.value)),
    ],
  }
  const renamed = visit(document, {
    Variable: ({ name, ...node }) =>
      name.value === representationsVariableName ? { ...node, name: { ...name, value: representations } } : undefined,
  })
  return {
    operation: stripIgnoredCharacters(print(renamed)),
    variableUsages: [...used.variables].filter((name) => name !== representationsVariableName),
  }
}

interface Uses {
  readonly variables: Set<string>
  readonly fragments: Set<string>
}

function usesOf(
  node: FieldNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  uses: Uses = { variables: new Set(), fragments: new Set() },
): Uses {
  visit(node, {
    Variable: ({ name }) => void uses.variables.add(name.value),
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value)
      if (fragment === undefined || uses.fragments.has(name.value)) return
      uses.fragments.add(name.value)
      usesOf(fragment, fragments, uses)
    },
  })
  return uses
}
