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
 * Parses a document and refuses what is too much about it, in time that grows no faster than its text. Locations are left out:
 * they would keep every token for as long as the document is remembered.
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
    // Nothing else is left than lists in lists in lists, for which the stack is too short.
    if (error instanceof RangeError) return exhausting()
    throw error
  }
}

/** The rule of graphql-js for the root of a subscription throws on these, since it does not know the variables. */
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
