import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLFormattedError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { Random } from '@parley/testing/random'
import { seedOf } from './seed'

export interface Body {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

export interface SubgraphResult {
  readonly data: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** How often something is wrong, from 0 to 1. */
export interface Faults {
  readonly nothing: number
  readonly missing: number
  readonly wrong: number
  readonly errors: number
}

type Parent = { readonly identity: string; readonly given: Readonly<Record<string, unknown>> }

/**
 * Answers with data that depends only on what is asked: right for the most part, but with nulls, missing fields, values
 * of wrong types and errors, as a defective subgraph would. It never resolves anything itself.
 */
export class RandomSubgraph {
  readonly #schema: GraphQLSchema
  readonly #documents = new Map<string, DocumentNode>()

  constructor(
    readonly name: string,
    typeDefs: DocumentNode,
  ) {
    this.#schema = buildSubgraphSchema({ typeDefs })
  }

  answer(body: Body, seed: number, faults: Faults): SubgraphResult {
    const document = this.#documents.get(body.query) ?? parse(body.query)
    this.#documents.set(body.query, document)
    const run = new Answering(this.#schema, document, body.variables, { seed, faults, name: this.name })
    return JSON.parse(JSON.stringify(run.answer())) as SubgraphResult
  }
}

interface Settings {
  readonly seed: number
  readonly faults: Faults
  readonly name: string
}

class Answering {
  readonly #errors: GraphQLFormattedError[] = []
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  readonly #path: (string | number)[] = []

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
    private readonly settings: Settings,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
  }

  answer(): SubgraphResult {
    const operation = this.document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
    const root = operation && this.schema.getRootType(operation.operation)
    if (operation === undefined || root === undefined || root === null) throw new Error('No operation')
    const random = this.#random(`${print(operation)}${JSON.stringify(this.variables['representations'] === undefined)}`)
    // Seldom, nothing is answered at all.
    if (random.chance(this.settings.faults.errors / 4)) {
      return {
        data: null,
        errors: [{ message: 'Nothing', ...(random.chance(0.5) ? {} : { extensions: { code: 'X' } }) }],
      }
    }
    const data = this.#object(root, [operation.selectionSet], { identity: root.name, given: {} })
    return { data, ...(this.#errors.length > 0 ? { errors: this.#errors } : {}) }
  }

  #random(key: string): Random {
    return new Random(seedOf(`${this.settings.seed} ${this.settings.name} ${key}`))
  }

  #object(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], parent: Parent): Record<string, unknown> {
    const fields = new Map<string, FieldNode[]>()
    for (const set of sets) this.#collect(type, set, fields)
    const data: Record<string, unknown> = {}
    for (const [key, nodes] of fields) {
      this.#path.push(key)
      const value = this.#field(type, nodes, parent)
      this.#path.pop()
      if (value !== undefined) data[key] = value
    }
    return data
  }

  #collect(type: GraphQLCompositeType, set: SelectionSetNode, fields: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (this.#isLeftOut(selection)) continue
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value
        fields.set(key, [...(fields.get(key) ?? []), selection])
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value)
      if (fragment === undefined) throw new Error('No fragment')
      const condition = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value)
      const applies =
        condition === undefined ||
        condition === type ||
        (isAbstractType(condition) && isObjectType(type) && this.schema.isSubType(condition, type))
      if (applies) this.#collect(type, fragment.selectionSet, fields)
    }
  }

  #isLeftOut(node: Parameters<typeof getDirectiveValues>[1]): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, this.variables)
    const include = getDirectiveValues(GraphQLIncludeDirective, node, this.variables)
    return skip?.['if'] === true || include?.['if'] === false
  }

  #field(type: GraphQLCompositeType, nodes: readonly FieldNode[], parent: Parent): unknown {
    const [node] = nodes
    if (node === undefined) return undefined
    const name = node.name.value
    const random = this.#random(`${parent.identity} ${type.name}.${name} ${this.#argumentsOf(node)}`)
    if (name === '__typename')
      return random.chance(this.settings.faults.wrong / 8) ? random.pick(['Nothing', undefined]) : type.name
    if (name === '_entities') return this.#entities(nodes)
    if (Object.hasOwn(parent.given, name)) return parent.given[name]
    const field = 'getFields' in type ? type.getFields()[name] : undefined
    if (field === undefined) throw new Error(`No field ${type.name}.${name}`)
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]))
    return this.#value(field.type, sets, random)
  }

  #argumentsOf({ arguments: given = [] }: FieldNode): string {
    return given
      .map(({ name, value }) => `${name.value}:${JSON.stringify(valueFromASTUntyped(value, this.variables))}`)
      .join()
  }

  #entities(nodes: readonly FieldNode[]): unknown {
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]))
    const representations = this.variables['representations'] as readonly Record<string, unknown>[]
    return representations.map((representation, index) => {
      const identity = JSON.stringify(representation)
      const random = this.#random(identity)
      this.#path.push(index)
      const type = this.schema.getType(String(representation['__typename']))
      const entity =
        !isCompositeType(type) || this.#fails(random)
          ? null
          : random.chance(this.settings.faults.wrong / 8)
            ? 5
            : this.#object(type, sets, { identity, given: { id: representation['id'] } })
      this.#path.pop()
      return entity
    })
  }

  #fails(random: Random): boolean {
    const { nothing, errors } = this.settings.faults
    if (random.chance(errors)) {
      const extensions = random.pick([undefined, { code: 'NOT_FOUND', category: 'state' }, { code: 'INVALID_GRAPHQL' }])
      const message = random.pick(['', 'It failed'])
      this.#errors.push({ message, path: [...this.#path], ...(extensions && { extensions }) })
      return true
    }
    return random.chance(nothing)
  }

  #value(type: GraphQLOutputType, sets: readonly SelectionSetNode[], random: Random): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, sets, random)
    const { missing, wrong } = this.settings.faults
    if (random.chance(missing)) return undefined
    if (this.#fails(random)) return null
    if (random.chance(wrong)) return random.pick<unknown>([5, 'text', 1.5, true, { __typename: 'E0', id: 'x' }, 'RED'])
    if (isListType(type)) {
      return Array.from({ length: random.below(4) }, (_, index) => {
        this.#path.push(index)
        const item = this.#value(type.ofType, sets, random) ?? null
        this.#path.pop()
        return item
      })
    }
    if (isCompositeType(type)) return this.#composite(type, sets, random)
    return isEnumType(type) ? random.pick(type.getValues()).name : leafOf(type.name, random)
  }

  #composite(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], random: Random): unknown {
    const actual = isAbstractType(type) ? random.pick(this.schema.getPossibleTypes(type)) : type
    // Few identities, so that the same entity is found at many places.
    const id = `${actual.name}${random.below(3)}`
    return this.#object(actual, sets, { identity: id, given: { id } })
  }
}

function leafOf(type: string, random: Random): unknown {
  switch (type) {
    case 'Int':
      return random.below(100) - 50
    case 'Float':
      return random.pick([0.5, -1e21, 3])
    case 'Boolean':
      return random.chance(0.5)
    case 'ID':
      return random.pick<unknown>(['id', 7])
    case 'Json':
      return random.pick<unknown>([{ any: [1, null] }, 'x', 1, [true]])
    default:
      return random.pick([
        '',
        'plain',
        'with "quotes" and \\',
        '\n\u0001',
        '😀 \ud83d',
        'a longer text that has more than forty-eight characters in it',
      ])
  }
}
