import { createHash } from 'node:crypto'
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  execute,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from 'graphql'

interface Invented {
  readonly __typename: string
  readonly seed: string
  readonly id?: string
}

const numberOf = (seed: string): number => createHash('sha1').update(seed).digest().readUInt32BE(0)

/** The same for the same seed in every subgraph; fields of what has an id depend on that alone. */
function invent(schema: GraphQLSchema, type: GraphQLOutputType, seed: string, isRequired = false): unknown {
  if (isNonNullType(type)) return invent(schema, type.ofType, seed, true)
  const number = numberOf(seed)
  if (!isRequired && number % 8 === 0) return null
  if (isListType(type)) {
    return Array.from({ length: number % 4 }, (_, index) => invent(schema, type.ofType, `${seed}/${index}`))
  }
  if (isAbstractType(type)) {
    const types = schema.getPossibleTypes(type).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return invent(schema, types[number % types.length]!, `${seed}!`, true)
  }
  if (isObjectType(type)) {
    if (type.getFields()['id'] === undefined) return { __typename: type.name, seed } satisfies Invented
    return entity(type.name, `${type.name}-${number % 1_000}`)
  }
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.value
  switch (type.name) {
    case 'Int':
      return number % 1_000
    case 'Float':
      return (number % 1_000) / 8
    case 'Boolean':
      return number % 16 < 8
    case 'DateTime':
      return new Date(number * 1_000).toISOString()
    default:
      return `${type.name} ${number}`
  }
}

const entity = (type: string, id: string): Invented => ({ __typename: type, id, seed: `${type}:${id}` })

const fieldResolver: GraphQLFieldResolver<Invented | undefined, unknown> = (source, args, _context, info) => {
  if (info.fieldName === 'id' && source?.id !== undefined) return source.id
  const given = Object.entries(args as object).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const seed = `${source?.seed ?? info.parentType.name}.${info.fieldName}(${JSON.stringify(given)})`
  return invent(info.schema, info.returnType, seed)
}

/** Data for any schema. An operation of any kind is executed as a query is. */
export class InventedGraph {
  readonly schema: GraphQLSchema

  constructor(schema: GraphQLSchema) {
    this.schema = schema
  }

  /** Its entities have the key `id`. */
  static ofSubgraph(sdl: string): InventedGraph {
    const typeDefs = parse(sdl)
    const types = Object.values(buildSubgraphSchema({ typeDefs }).getTypeMap()).filter(isObjectType)
    const ofReference = { __resolveReference: ({ __typename, id }: Required<Invented>) => entity(__typename, id) }
    const keyed = types.filter((type) => type.getFields()['id'] !== undefined)
    const resolvers = Object.fromEntries(keyed.map(({ name }) => [name, ofReference]))
    return new InventedGraph(buildSubgraphSchema({ typeDefs, resolvers: resolvers }))
  }

  async answer(query: string, variableValues: Record<string, unknown> = {}): Promise<ExecutionResult> {
    const document = parse(query)
    const errors = validate(this.schema, document)
    if (errors.length > 0) throw new Error(`${query}: ${errors.join('; ')}`)
    const typeResolver = ({ __typename }: Invented) => __typename
    const result = await execute({ schema: this.schema, document, variableValues, fieldResolver, typeResolver })
    return JSON.parse(JSON.stringify(result)) as ExecutionResult
  }
}
