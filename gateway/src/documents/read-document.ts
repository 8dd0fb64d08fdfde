import { DomainError } from '@parley/kernel/errors'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { limits } from '../limits'
import { assertMeasured } from './measure'
import { exhausting, malformed, type Refusal, refusalOf } from './refusals'

/**
 * Parses a document and refuses one that is too large, in time linear in its text. Locations are left out: they would
 * keep every token in memory as long as the document is cached.
 */
export function readDocument(text: string): DocumentNode | Refusal {
  try {
    const document = parse(text, { maxTokens: limits.tokens, noLocation: true })
    assertMeasured(document)
    if (hasConditionalRoot(document)) {
      return refusalOf(
        'input',
        'GRAPHQL_VALIDATION_FAILED',
        'A subscription has exactly one field, which no condition takes away.',
      )
    }
    return document
  } catch (error) {
    if (error instanceof GraphQLError) return malformed(error)
    if (error instanceof DomainError) return refusalOf(error.category, error.code, error.message)
    // Only lists nested in lists can still overflow the stack here.
    if (error instanceof RangeError) return exhausting()
    throw error
  }
}

/**
 * The rule of graphql-js for the root of a subscription throws on `@skip` and `@include`, since it does not know the
 * variables.
 */
function hasConditionalRoot({ definitions }: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const visited = new Set<string>()
  const isConditional = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true
      if (selection.kind === Kind.FIELD) return false
      if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet)
      const fragment = fragments.get(selection.name.value)
      if (fragment === undefined || visited.has(selection.name.value)) return false
      visited.add(selection.name.value)
      return isConditional(fragment.selectionSet)
    })
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION &&
      isConditional(definition.selectionSet),
  )
}
