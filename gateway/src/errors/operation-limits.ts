import { DomainError } from '@parley/kernel/errors'
import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import { limits } from '../limits'

interface Size {
  readonly depth: number
  readonly aliases: number
  readonly fields: number
}

const nothing: Size = { depth: 0, aliases: 0, fields: 0 }

/** Measures operations as they would be executed. Each fragment is measured once, so nested fragments cannot make it slow. */
class Measure {
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  readonly #known = new Map<string, Size>()

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
    }
  }

  of(selectionSet: SelectionSetNode): Size {
    let { depth, aliases, fields } = nothing
    for (const selection of selectionSet.selections) {
      const size = this.#ofSelection(selection)
      depth = Math.max(depth, size.depth)
      aliases += size.aliases
      fields += size.fields
    }
    return { depth, aliases, fields }
  }

  #ofSelection(selection: SelectionSetNode['selections'][number]): Size {
    switch (selection.kind) {
      case Kind.FRAGMENT_SPREAD:
        return this.#ofFragment(selection.name.value)
      case Kind.INLINE_FRAGMENT:
        return this.of(selection.selectionSet)
      case Kind.FIELD: {
        // Introspection is answered from memory and nests deeply by nature.
        const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type'
        const inner =
          selection.selectionSet === undefined || isIntrospection ? nothing : this.of(selection.selectionSet)
        const alias = selection.alias === undefined ? 0 : 1
        return { depth: inner.depth + 1, aliases: inner.aliases + alias, fields: inner.fields + 1 }
      }
    }
  }

  #ofFragment(name: string): Size {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    // A cycle is another rule's to report; here it only must end.
    this.#known.set(name, nothing)
    const fragment = this.#fragments.get(name)
    const size = fragment === undefined ? nothing : this.of(fragment.selectionSet)
    this.#known.set(name, size)
    return size
  }
}

/** Refuses operations that are nested too deeply or ask for the same thing under too many names. A GraphQL validation rule. */
export function operationLimits(context: ValidationContext): ASTVisitor {
  const measure = new Measure(context.getDocument())
  const refuse = (what: string): void => {
    const originalError = new DomainError('OPERATION_TOO_COMPLEX', `The operation has ${what}. Ask for less at a time.`)
    context.reportError(new GraphQLError(originalError.message, { originalError }))
  }
  return {
    OperationDefinition(operation) {
      const { depth, aliases, fields } = measure.of(operation.selectionSet)
      if (depth > limits.depth) refuse(`more than ${limits.depth} levels`)
      if (aliases > limits.aliases) refuse(`more than ${limits.aliases} aliases`)
      if (fields > limits.fields) refuse(`more than ${limits.fields} fields`)
      return false
    },
  }
}
