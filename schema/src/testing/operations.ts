import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'
import { Random } from '@parley/testing/random'

export interface Operation {
  readonly text: string
  readonly variables: Record<string, unknown>
}

/** Valid operations with fragments, aliases and conditions; the same for the same seed. */
export class Operations {
  readonly #schema: GraphQLSchema
  readonly #random: Random
  #variables: string[] = []
  #values: Record<string, unknown> = {}
  #fragments: string[] = []
  #aliases = 0

  constructor(schema: GraphQLSchema, seed: number) {
    this.#schema = schema
    this.#random = new Random(seed)
  }

  next(): Operation {
    this.#variables = []
    this.#values = {}
    this.#fragments = []
    this.#aliases = 0
    const kind = this.#random.pick(['query', 'query', 'query', 'mutation', 'subscription'] as const)
    const root = {
      query: this.#schema.getQueryType(),
      mutation: this.#schema.getMutationType(),
      subscription: this.#schema.getSubscriptionType(),
    }[kind]
    if (root === undefined || root === null) return this.next()
    const selection = kind === 'subscription' ? `{ ${this.#field(root, 0)} }` : this.#selection(root, 0)
    const variables = this.#variables.length === 0 ? '' : `(${this.#variables.join(', ')})`
    return { text: [`${kind} Op${variables} ${selection}`, ...this.#fragments].join('\n'), variables: this.#values }
  }

  /** Values for the variables of an operation. */
  valuesFor({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
    return Object.fromEntries(
      variableDefinitions.map(({ variable, type }) => [
        variable.name.value,
        this.#value(typeFromAST(this.#schema, type) as GraphQLInputType),
      ]),
    )
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.#random.below(4) }, () => this.#part(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const choice = this.#random.below(10)
    if (choice === 0 || !('getFields' in type && this.#fieldsOf(type, depth).length > 0)) {
      return isAbstractType(type) && depth < 6 && choice > 0
        ? this.#narrowed(type, depth)
        : `${this.#alias()}__typename`
    }
    if (isAbstractType(type) && choice < 5) return this.#narrowed(type, depth)
    if (choice === 5 && depth < 6) return `...${this.#condition()} ${this.#selection(type, depth + 1)}`
    return this.#field(type, depth)
  }

  #narrowed(type: GraphQLCompositeType, depth: number): string {
    const narrower = isAbstractType(type) ? this.#random.pick(this.#schema.getPossibleTypes(type)) : type
    const selection = this.#selection(narrower, depth + 1)
    if (this.#random.below(3) > 0) return `... on ${narrower.name}${this.#condition()} ${selection}`
    const name = `F${this.#fragments.length}`
    this.#fragments.push(`fragment ${name} on ${narrower.name} ${selection}`)
    return `...${name}${this.#condition()}`
  }

  #fieldsOf(type: Exclude<GraphQLCompositeType, { getTypes: unknown }>, depth: number) {
    return Object.values(type.getFields()).filter((field) => depth < 6 || !isCompositeType(getNamedType(field.type)))
  }

  /** Every field has an alias of its own, so that no two of them conflict. */
  #field(type: GraphQLObjectType | Exclude<GraphQLCompositeType, { getTypes: unknown }>, depth: number): string {
    const field = this.#random.pick(this.#fieldsOf(type, depth))
    const given = field.args.filter((arg) => isRequiredArgument(arg) || this.#random.below(2) === 0)
    const args = given.length === 0 ? '' : `(${given.map((arg) => `${arg.name}: ${this.#argument(arg)}`).join(', ')})`
    const inner = getNamedType(field.type)
    const selection = isCompositeType(inner) ? ` ${this.#selection(inner, depth + 1)}` : ''
    const condition = depth === 0 ? '' : this.#condition()
    return `a${this.#aliases++}: ${field.name}${args}${condition}${selection}`
  }

  #alias(): string {
    return this.#random.below(2) === 0 ? '' : `a${this.#aliases++}: `
  }

  #argument(arg: GraphQLArgument): string {
    if (this.#random.below(3) === 0) return this.#literal(arg.type)
    const name = `v${this.#variables.length}`
    this.#variables.push(`$${name}: ${String(arg.type)}`)
    this.#values[name] = this.#value(arg.type)
    return `$${name}`
  }

  #condition(): string {
    if (this.#random.below(6) > 0) return ''
    const directive = this.#random.pick(['@skip', '@include'])
    if (this.#random.below(3) === 0) return ` ${directive}(if: ${this.#random.below(2) === 0})`
    const name = `v${this.#variables.length}`
    const isDefaulted = this.#random.below(3) === 0
    this.#variables.push(isDefaulted ? `$${name}: Boolean = true` : `$${name}: Boolean!`)
    if (!isDefaulted || this.#random.below(2) === 0) this.#values[name] = this.#random.below(2) === 0
    return ` ${directive}(if: $${name})`
  }

  #literal(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#literal(type.ofType)
    if (isListType(type)) return `[${this.#literal(type.ofType)}]`
    if (isEnumType(type)) return this.#random.pick(type.getValues()).name
    if (!isInputObjectType(type)) return JSON.stringify(this.#value(type))
    const fields = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${fields.map((field) => `${field.name}: ${this.#literal(field.type)}`).join(', ')} }`
  }

  #value(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType)
    if (isListType(type)) return [this.#value(type.ofType)]
    if (isEnumType(type)) return this.#random.pick(type.getValues()).name
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(isRequiredInputField)
      return Object.fromEntries(fields.map((field) => [field.name, this.#value(field.type)]))
    }
    if (type.name === 'Int' || type.name === 'Float') return this.#random.below(100)
    return type.name === 'Boolean' ? this.#random.below(2) === 0 : `x${this.#random.below(100)}`
  }
}
