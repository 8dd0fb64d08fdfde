import { DomainError } from '@parley/kernel/errors'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { limits } from '../limits'

type Countable =
  'operations' | 'fragments' | 'variables' | 'directives' | 'arguments' | 'aliases' | 'fields' | 'spreads'

/** A place in the result: how many fields write to it, and what is below it. */
interface Place {
  written: number
  readonly below: Map<string, Place>
}

const newPlace = (): Place => ({ written: 0, below: new Map() })

/**
 * Measures a document as it would be executed, in one pass that ends as soon as a limit is passed; so its time is
 * bounded by the limits, however fragments spread each other.
 */
class Measure {
  readonly #counts = new Map<Countable, number>()
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  /** Fragments that no operation uses are validated too. */
  readonly #unreached = new Set<string>()
  readonly #within = new Set<string>()
  #comparisons = 0

  run({ definitions }: DocumentNode): void {
    for (const definition of definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
      this.#count('fragments', 1)
      this.#fragments.set(definition.name.value, definition)
      this.#unreached.add(definition.name.value)
    }
    for (const definition of definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      this.#count('operations', 1)
      this.#count('variables', definition.variableDefinitions?.length ?? 0)
      this.#count('directives', definition.directives?.length ?? 0)
      this.#selections(definition.selectionSet, newPlace(), 1)
    }
    for (const name of this.#unreached) this.#fragment(name, newPlace(), 1)
  }

  #selections({ selections }: SelectionSetNode, at: Place, depth: number): void {
    for (const selection of selections) {
      this.#count('directives', selection.directives?.length ?? 0)
      if (selection.kind === Kind.FIELD) this.#field(selection, at, depth)
      else this.#spread(selection, at, depth)
    }
  }

  #spread(spread: FragmentSpreadNode | InlineFragmentNode, at: Place, depth: number): void {
    this.#count('spreads', 1)
    if (spread.kind === Kind.INLINE_FRAGMENT) this.#selections(spread.selectionSet, at, depth)
    else this.#fragment(spread.name.value, at, depth)
  }

  #fragment(name: string, at: Place, depth: number): void {
    this.#unreached.delete(name)
    const fragment = this.#fragments.get(name)
    // Validation reports a cycle; here the recursion only has to end.
    if (fragment === undefined || this.#within.has(name)) return
    this.#within.add(name)
    this.#count('directives', fragment.directives?.length ?? 0)
    this.#selections(fragment.selectionSet, at, depth)
    this.#within.delete(name)
  }

  #field(field: FieldNode, at: Place, depth: number): void {
    if (depth > limits.depth) throw tooComplex(`more than ${limits.depth} levels`)
    const count = field.arguments?.length ?? 0
    this.#count('fields', 1)
    this.#count('aliases', field.alias === undefined ? 0 : 1)
    this.#count('arguments', count)
    const place = placeOf(at, (field.alias ?? field.name).value)
    // Validation compares each field with all others that write to the same place, argument by argument.
    this.#comparisons += place.written * (1 + count)
    place.written += 1
    if (this.#comparisons > limits.comparisons) throw tooComplex('too many fields of the same name')
    if (field.selectionSet === undefined) return
    // Introspection is answered from memory and nests deeply by nature.
    const isIntrospection = field.name.value === '__schema' || field.name.value === '__type'
    this.#selections(field.selectionSet, place, isIntrospection ? -Infinity : depth + 1)
  }

  #count(what: Countable, more: number): void {
    const count = (this.#counts.get(what) ?? 0) + more
    this.#counts.set(what, count)
    if (count > limits[what]) throw tooComplex(`more than ${limits[what]} ${what}`)
  }
}

function placeOf(at: Place, name: string): Place {
  const known = at.below.get(name)
  if (known !== undefined) return known
  const place = newPlace()
  at.below.set(name, place)
  return place
}

const tooComplex = (what: string): DomainError =>
  new DomainError('input', 'OPERATION_TOO_COMPLEX', `The operation has ${what}. Ask for less at a time.`)

/** Throws OPERATION_TOO_COMPLEX for a document that would cost too much to validate, plan or execute. */
export function assertMeasured(document: DocumentNode): void {
  new Measure().run(document)
}
