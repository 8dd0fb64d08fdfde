import {
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import type { Variables } from './execution'
import { type JsonObject, ownOf } from './json-value'
import type { ConcretePath } from './paths'
import type { Condition, FieldPart, Selection } from './selection'

export interface Shaped {
  readonly data: JsonObject | null
  /** Values that are missing or of a wrong type. */
  readonly errors: readonly GraphQLError[]
}

interface Value {
  readonly value: unknown
  /** Null where no null may be. */
  readonly isInvalid?: boolean
  /** An error was reported for this null. */
  readonly hasErrors?: boolean
}

/**
 * Shapes the gathered data as the client asked for it, with the same nulls and errors as the gateway package, whatever
 * subgraphs have sent. Compiled code does the same for data without errors; what it cannot write comes here.
 */
export function shape(
  schema: GraphQLSchema,
  root: GraphQLNamedType,
  selection: Selection,
  data: JsonObject,
  variables: Variables,
): Shaped {
  return new Shaper(schema, variables).run(root, selection, data)
}

class Shaper {
  readonly #errors: GraphQLError[] = []
  readonly #path: (string | number)[] = []

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly variables: Variables,
  ) {}

  run(root: GraphQLNamedType, selection: Selection, data: JsonObject): Shaped {
    const output = Object.create(null) as JsonObject
    const isWhole = this.#object(data, selection, output, root)
    return { data: isWhole ? output : null, errors: this.#errors }
  }

  /** False when the object is null because of a field of it. */
  #object(input: JsonObject, selection: Selection, output: JsonObject, parent: GraphQLNamedType): boolean {
    for (const part of selection) {
      if (!part.conditions.every((condition) => this.#holds(condition))) continue
      if (part.kind === 'field') {
        if (!this.#field(input, part, output, parent)) return false
        continue
      }
      const typename = input['__typename']
      if (typename && typeof typename !== 'string') throw new TypeError('Got unexpected value for __typename')
      if (!this.#applies(part.typeCondition, typename as string | undefined, parent)) continue
      if (!this.#object(input, part.below, output, part.typeCondition ?? parent)) return false
    }
    return true
  }

  #field(input: JsonObject, part: FieldPart, output: JsonObject, parent: GraphQLNamedType): boolean {
    const { key } = part
    if (part.name === '__typename') {
      if (output[key] !== undefined) return true
      const name = ownOf(input, key) ?? input['__typename']
      const type = (typeof name === 'string' ? this.schema.getType(name) : undefined) ?? parent
      if (!isObjectType(type)) return false
      output[key] = type.name
      return true
    }
    this.#path.push(key)
    const shaped = this.#value(ownOf(input, key) ?? null, part.type, output[key], part, parent)
    output[key] = shaped.value
    this.#path.pop()
    return shaped.isInvalid !== true
  }

  /** `present` is what an earlier selection of the same field has made of it. */
  #value(input: unknown, type: GraphQLOutputType, present: unknown, part: FieldPart, parent: GraphQLNamedType): Value {
    if (present === null || (present !== undefined && part.below === undefined)) return { value: present }
    if (isNonNullType(type)) {
      const { value, hasErrors } = this.#value(input, type.ofType, present, part, parent)
      if (value !== null) return { value }
      if (hasErrors !== true) this.#report(`Cannot return null for non-nullable ${this.#placeOf(type.ofType, parent)}.`)
      return { value, isInvalid: true, hasErrors: true }
    }
    if (input === null) return { value: null }
    if (isListType(type)) return this.#list(input, type.ofType, present, part, parent)
    if (isCompositeType(type)) return this.#composite(input, type, present, part.below ?? [], parent)
    if (isValidLeaf(input, type)) return { value: input }
    this.#report(`Invalid value found for ${this.#placeOf(type, parent)}.`)
    return { value: null, hasErrors: true }
  }

  #list(
    input: unknown,
    itemType: GraphQLOutputType,
    present: unknown,
    part: FieldPart,
    parent: GraphQLNamedType,
  ): Value {
    if (!Array.isArray(input)) throw new TypeError(`A subgraph sent no list at ${this.#path.join('.')}`)
    const shaped = input.map((item: unknown, index) => {
      this.#path.push(index)
      const value = this.#value(item, itemType, (present as unknown[] | undefined)?.[index], part, parent)
      this.#path.pop()
      return value
    })
    const hasErrors = shaped.some((each) => each.hasErrors === true)
    const isInvalid = shaped.some((each) => each.isInvalid === true)
    return { value: isInvalid ? null : shaped.map(({ value }) => value), hasErrors }
  }

  #composite(
    input: unknown,
    type: GraphQLNamedType,
    present: unknown,
    below: Selection,
    parent: GraphQLNamedType,
  ): Value {
    if (typeof input !== 'object') throw new TypeError(`A subgraph sent no object at ${this.#path.join('.')}`)
    const typename = (input as JsonObject)['__typename']
    if (typename !== undefined && typeof typename !== 'string') throw new TypeError('Invalid value for __typename')
    const actual = typename ? this.schema.getType(typename) : type
    if (!isCompositeType(actual)) {
      this.#report(`Invalid __typename found for object at ${this.#placeOf(type, parent)}.`)
      return { value: null, hasErrors: true }
    }
    const output = (present ?? Object.create(null)) as JsonObject
    const isWhole = this.#object(input as JsonObject, below, output, actual)
    return { value: isWhole ? output : null, hasErrors: !isWhole }
  }

  #applies(condition: GraphQLNamedType | undefined, typename: string | undefined, parent: GraphQLNamedType): boolean {
    if (condition === undefined) return true
    return isSubtype(this.schema, condition, typename ? this.schema.getType(typename) : parent)
  }

  #holds({ variable, isWanted }: Condition): boolean {
    const value = this.variables[variable]
    if (typeof value !== 'boolean') throw new TypeError(`Unexpected value for the variable $${variable}`)
    return value === isWanted
  }

  #report(message: string): void {
    const path: ConcretePath = [...this.#path]
    this.#errors.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }))
  }

  #placeOf(type: GraphQLType, parent: GraphQLNamedType): string {
    const last = this.#path.at(-1)
    return typeof last === 'string'
      ? `field ${parent.name}.${last}`
      : `array element of type ${String(type)} at index ${last}`
  }
}

export function isSubtype(
  schema: GraphQLSchema,
  condition: GraphQLNamedType,
  type: GraphQLNamedType | undefined,
): boolean {
  if (condition === type) return true
  return isAbstractType(condition) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(condition, type)
}

const integer = /^-?(?:0|[1-9][0-9]*)$/

/** By the rules of the gateway package, which are wider than those of graphql-js. */
function isValidLeaf(value: unknown, type: GraphQLLeafType): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined
  if (!isSpecifiedScalarType(type)) return true
  switch (typeof value) {
    case 'boolean':
      return type.name === 'Boolean'
    case 'string':
      return type.name === 'String' || type.name === 'ID'
    case 'number':
      if (!Number.isFinite(value)) return false
      if (type.name === 'Int' || type.name === 'ID') return integer.test(String(value))
      return type.name === 'Float'
    default:
      return false
  }
}
