import {
  type CompositeType,
  type FieldSelection,
  type Selection as ReferenceSelection,
  type SelectionSet,
  Variable,
} from '@apollo/federation-internals'
import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isOutputType,
  parseType,
  typeFromAST,
} from 'graphql'
import { assertPlainName, Unusual } from './unusual'

/** Included when a variable has this value. */
export interface Condition {
  readonly variable: string
  readonly isWanted: boolean
}

interface Part {
  readonly conditions: readonly Condition[]
}

export interface FieldPart extends Part {
  readonly kind: 'field'
  readonly name: string
  readonly key: string
  readonly type: GraphQLOutputType
  readonly below: Selection | undefined
}

export interface FragmentPart extends Part {
  readonly kind: 'fragment'
  readonly typeCondition: GraphQLNamedType | undefined
  readonly below: Selection
}

/** What a client selects of an object, in order, as the gateway package reads it from the document. */
export type Selection = readonly (FieldPart | FragmentPart)[]

/** Reads the selection of an operation. Throws Unusual for introspection and for names that JavaScript objects have. */
export class SelectionReader {
  constructor(private readonly schema: GraphQLSchema) {}

  read(set: SelectionSet): Selection {
    return set.selections().flatMap((selection) => this.#partsOf(selection))
  }

  #partsOf(selection: ReferenceSelection): (FieldPart | FragmentPart)[] {
    const conditions = conditionsOf(selection)
    if (conditions === null) return []
    if (selection.kind === 'FieldSelection') return [this.#field(selection, conditions)]
    const { typeCondition } = selection.element
    return [
      {
        kind: 'fragment',
        conditions,
        typeCondition: typeCondition && this.#named(typeCondition),
        below: this.read(selection.selectionSet),
      },
    ]
  }

  #field(selection: FieldSelection, conditions: readonly Condition[]): FieldPart {
    const { definition, name } = selection.element
    const key = selection.element.responseName()
    if (definition.isSchemaIntrospectionField()) throw new Unusual('Introspection')
    assertPlainName(key)
    return {
      kind: 'field',
      conditions,
      name,
      key,
      type: this.#typeNamed(String(definition.type)),
      below: selection.selectionSet && this.read(selection.selectionSet),
    }
  }

  #named(type: CompositeType): GraphQLNamedType {
    const named = this.schema.getType(type.name)
    if (named === undefined) throw new Unusual(`A type ${type.name} that clients cannot see`)
    return named
  }

  #typeNamed(text: string): GraphQLOutputType {
    const type = typeFromAST(this.schema, parseType(text))
    if (type === undefined || !isOutputType(type)) throw new Unusual(`A type ${text} that clients cannot see`)
    return type
  }
}

/** Null for what is never included. */
function conditionsOf({ element }: ReferenceSelection): readonly Condition[] | null {
  const conditions: Condition[] = []
  for (const directive of element.appliedDirectives) {
    if (directive.name !== 'skip' && directive.name !== 'include') continue
    const isWanted = directive.name === 'include'
    const value: unknown = directive.arguments()['if']
    if (value instanceof Variable) conditions.push({ variable: value.name, isWanted })
    else if (value !== isWanted) return null
  }
  return conditions
}
