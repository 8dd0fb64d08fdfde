import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  type GraphQLCompositeType,
} from 'graphql'
import { Random } from '@parley/testing/random'

export interface RandomOperation {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
}

const deepest = 4

const definitions = [
  ['yes', 'Boolean!'],
  ['no', 'Boolean! = true'],
  ['n', 'Int'],
  ['of', 'Input'],
] as const

/** An operation of a schema: aliases, arguments, variables, fragments, conditions and repeated fields. */
export function randomOperation(schema: GraphQLSchema, seed: number): RandomOperation {
  return new OperationWriter(schema, new Random(seed)).write()
}

class OperationWriter {
  readonly #fragments: string[] = []
  readonly #variables: Record<string, unknown>
  #aliases = 0

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {
    const [yes, no] = [random.chance(0.5), random.chance(0.5)]
    this.#variables = { yes, n: random.below(5), of: random.pick([null, { a: 1 }, { b: ['x"\n', '😀'], c: 'RED' }]) }
    if (random.chance(0.7)) this.#variables['no'] = no
  }

  write(): RandomOperation {
    const mutation = this.random.chance(0.15) ? this.schema.getMutationType() : undefined
    const root = mutation ?? this.schema.getQueryType()
    if (root === undefined || root === null) throw new Error('No root type')
    const selection = this.#selection(root, 0)
    const name = this.random.chance(0.5) ? 'Named' : ''
    const body = `${selection} ${this.#fragments.join(' ')}`
    const used = definitions.filter(([variable]) => body.includes(`$${variable})`) || body.includes(`$${variable},`))
    const declared = used.length === 0 ? '' : `(${used.map(([variable, type]) => `$${variable}: ${type}`).join(', ')})`
    return { text: `${mutation ? 'mutation' : 'query'} ${name}${declared} ${body}`, variables: this.#variables }
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.random.below(depth === 0 ? 3 : 4) }, () => this.#part(type, depth))
    const known = parts.filter((part) => part !== '')
    return `{ ${known.length === 0 ? '__typename' : known.join(' ')} }`
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const { random } = this
    if (random.chance(0.1)) return `${random.chance(0.3) ? `t${this.#aliases++}: ` : ''}__typename`
    if (isUnionType(type) || random.chance(isAbstractType(type) ? 0.6 : 0.1)) return this.#fragment(type, depth)
    return this.#field(random.pick(Object.values(type.getFields())), depth, type)
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const { random } = this
    const possible: readonly (GraphQLObjectType | GraphQLInterfaceType)[] = isAbstractType(type)
      ? this.schema.getPossibleTypes(type)
      : [type, ...type.getInterfaces()]
    const condition = random.pick(possible)
    const selection = this.#selection(condition, depth)
    if (random.chance(0.7)) return `... on ${condition.name} ${this.#condition()} ${selection}`
    const name = `F${this.#fragments.length}`
    this.#fragments.push('')
    this.#fragments[Number(name.slice(1))] = `fragment ${name} on ${condition.name} ${selection}`
    return `...${name} ${this.#condition()}`
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, parent: GraphQLCompositeType): string {
    const { random } = this
    const type = getNamedType(field.type)
    if (isCompositeType(type) && depth >= deepest) return ''
    const alias = random.chance(0.2) ? `a${this.#aliases++}: ` : ''
    const parameters =
      field.args.length > 0 && alias !== ''
        ? random.pick(['', '(n: 3)', '(n: $n)', '(n: $n, of: $of)', '(of: { a: 2 })'])
        : ''
    const below = isCompositeType(type) ? this.#selection(type, depth + 1) : ''
    const text = `${alias}${field.name}${parameters} ${this.#condition()} ${below}`
    // The same field once more, with another selection.
    const isAgain = isCompositeType(type) && alias === '' && isObjectType(parent) && random.chance(0.2)
    return isAgain ? `${text} ${field.name} ${this.#condition()} ${this.#selection(type, depth + 1)}` : text
  }

  #condition(): string {
    if (!this.random.chance(0.12)) return ''
    return this.random.pick([
      '@include(if: $yes)',
      '@skip(if: $yes)',
      '@include(if: $no)',
      '@skip(if: true)',
      '@include(if: true)',
      '@skip(if: $no) @include(if: $yes)',
    ])
  }
}
