import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { limits } from '../limits'
import { add, type Amount, multiply, valueOf, type Variables } from './amount'
import type { CostModel, ListSize } from './cost-model'

export type Cost = (variables: Variables) => number

/** A list needs exactly one argument that says how long it may be. */
class UnknownLength extends Error {}

/** Added for each mutation field, besides the objects that it returns. */
const mutationCost = 10
/** Lengths that a field sets for lists among the fields directly below it. */
type Sizes = ReadonlyMap<string, Amount>
const noSizes: Sizes = new Map()

/**
 * How many objects an operation may return, by the static estimate of the cost specification (specs.apollo.dev/cost):
 * an object counts 1 and a leaf 0 unless `@cost` says otherwise, times the length that `@listSize` gives to the lists
 * around it. Fields of fragments on different types are added up, so it is never too low. Weights of input fields are
 * not counted.
 */
class Estimate {
  readonly #fragments = new Map<string, FragmentDefinitionNode>()

  constructor(
    private readonly model: CostModel,
    private readonly schema: GraphQLSchema,
    private readonly operation: OperationDefinitionNode,
    document: DocumentNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
    }
  }

  run(): Amount {
    const { operation: kind, selectionSet } = this.operation
    const base = kind === OperationTypeNode.MUTATION ? mutationCost : 0
    return add([base, this.#selections(selectionSet, this.schema.getRootType(kind) ?? undefined, noSizes)])
  }

  #selections({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined, sizes: Sizes): Amount {
    return add(
      selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return this.#field(selection, type, sizes)
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value)
        if (fragment === undefined) return 0
        const narrowed = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value)
        return this.#selections(fragment.selectionSet, narrowed ?? type, sizes)
      }),
    )
  }

  #field(field: FieldNode, parent: GraphQLNamedType | undefined, sizes: Sizes): Amount {
    const name = field.name.value
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
    // Fields of every type and schema (`__typename`, `__schema`) are answered from memory.
    if (parent === undefined || definition === undefined) return 0
    const at = `${parent.name}.${name}`
    const listSize = this.model.listSizeOf(at)
    const own = listSize === undefined ? undefined : this.#sizeOf(field, definition, listSize)
    const type = getNamedType(definition.type)
    const weight = this.model.weightOf(at) ?? this.model.weightOf(type.name) ?? (isCompositeType(type) ? 1 : 0)
    const below =
      field.selectionSet === undefined
        ? 0
        : this.#selections(field.selectionSet, type, sizesBelow(listSize, own) ?? noSizes)
    const isList = isListType(getNullableType(definition.type))
    const length = isList ? (sizes.get(name) ?? own ?? limits.assumedListSize) : 1
    const given = (field.arguments ?? []).map((argument) => this.model.weightOf(`${at}(${argument.name.value}:)`) ?? 0)
    // A missing length argument is an error even when no field of the list is selected.
    const demanded = own === undefined ? 0 : multiply(0, own)
    return add([...given, demanded, multiply(length, add([weight, below]))])
  }

  #sizeOf(field: FieldNode, { name, args }: GraphQLField<unknown, unknown>, listSize: ListSize): Amount {
    const assumed = listSize.assumedSize ?? limits.assumedListSize
    const slicing = listSize.slicingArguments ?? []
    if (slicing.length === 0) return assumed
    const mustBeOne = listSize.requireOneSlicingArgument !== false
    const given = slicing.map((argument) => this.#argument(field, argument))
    const defaults = args.filter((argument) => slicing.includes(argument.name)).map(({ defaultValue }) => defaultValue)
    const size = (variables: Variables): number => {
      const lengths = given.map((valueIn) => valueIn(variables)).filter((length) => length !== undefined)
      if (mustBeOne && lengths.filter((length) => length !== null).length !== 1) {
        throw new UnknownLength(`Say how many of ${name} you want by one of: ${slicing.join(', ')}.`)
      }
      const known = (lengths.length === 0 ? defaults : lengths).filter((length) => typeof length === 'number')
      return known.length === 0 ? assumed : Math.max(0, ...known)
    }
    return size
  }

  /** The value of the argument; undefined when it is left out. */
  #argument({ arguments: given = [] }: FieldNode, name: string): (variables: Variables) => unknown {
    const value = given.find((argument) => argument.name.value === name)?.value
    if (value === undefined) return () => undefined
    if (value.kind !== Kind.VARIABLE) {
      const literal = valueFromASTUntyped(value)
      return () => literal
    }
    const variable = value.name.value
    const definition = this.operation.variableDefinitions?.find((each) => each.variable.name.value === variable)
    const otherwise = definition?.defaultValue && valueFromASTUntyped(definition.defaultValue)
    return (variables) => {
      // A variable may be called like what every object has: toString.
      const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined
      return given === undefined ? otherwise : given
    }
  }
}

function sizesBelow(listSize: ListSize | undefined, size: Amount | undefined): Sizes | undefined {
  if (size === undefined) return undefined
  return new Map(listSize?.sizedFields?.map((name) => [name, size]))
}

/**
 * The cost of an operation of a valid document. It depends on the variables, and may throw `UnknownLength` (see
 * `excessOf`).
 */
export function costOf(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
  model: CostModel,
): Cost {
  const amount = new Estimate(model, schema, operation, document).run()
  return (variables) => valueOf(amount, variables)
}

/**
 * The cost with these variables as they were sent; or the message of OPERATION_TOO_COMPLEX, for too much and for a list
 * of unknown length.
 */
export function costWithin(cost: Cost, variables: Variables): number | string {
  try {
    const objects = cost(variables)
    if (objects <= limits.cost) return objects
    return `The operation may bring more than ${limits.cost.toLocaleString('en')} objects. Ask for shorter lists.`
  } catch (error) {
    if (error instanceof UnknownLength) return error.message
    throw error
  }
}
