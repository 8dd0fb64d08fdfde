import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import { type DocumentNode, parse } from 'graphql'
import { Random } from '@parley/testing/random'

export interface RandomGraph {
  readonly supergraph: Supergraph
  readonly typeDefs: ReadonlyMap<string, DocumentNode>
}

const leaves = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Colour', 'Json']
const wrappers = ['T', 'T', 'T!', '[T]', '[T!]', '[T!]!', '[[T]]', '[[T!]!]']

/**
 * A supergraph of two to four subgraphs that own different fields of the same entities: with interfaces, unions, value
 * types, lists of lists, `@requires`, and an interface object.
 */
export function randomGraph(seed: number): RandomGraph {
  const random = new Random(seed)
  const subgraphs = 2 + random.below(3)
  const entities = Array.from({ length: 2 + random.below(3) }, (_, index) => `E${index}`)
  const typeDefs = new Map(
    Array.from({ length: subgraphs }, (_, index) => [`s${index}`, parse(sdlOf(index, entities, random))] as const),
  )
  const { supergraphSdl, errors } = composeServices(
    [...typeDefs].map(([name, document]) => ({ name, typeDefs: document, url: `http://${name}.invalid/graphql` })),
  )
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  return { supergraph: Supergraph.build(supergraphSdl), typeDefs }
}

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject"])'

function sdlOf(index: number, entities: readonly string[], random: Random): string {
  const isFirst = index === 0
  const own = entities.filter(() => isFirst || random.chance(0.8))
  const composites = [`V${index}`, `W${index}`, ...own, 'Thing', ...(own.length > 1 ? [`U${index}`] : [])]
  const fields = (prefix: string, count: number): string =>
    Array.from({ length: count }, (_, number) => {
      const type = random.chance(0.5) ? random.pick(leaves) : random.pick(composites)
      const parameters = random.chance(0.3) ? '(n: Int, of: Input)' : ''
      return `${prefix}${number}${parameters}: ${random.pick(wrappers).replace('T', type)}`
    }).join(' ')
  const entity = (name: string): string => {
    const first = isFirst ? `label: String note: String${random.chance(0.5) ? '!' : ''}` : ''
    const computed = isFirst ? '' : `label: String @external made${index}: String @requires(fields: "label")`
    return `type ${name} implements Thing @key(fields: "id") { id: ID! ${first} ${computed} ${fields(`${name.toLowerCase()}${index}`, 2 + random.below(3))} }`
  }
  return [
    federation,
    'enum Colour { RED GREEN BLUE } scalar Json input Input { a: Int b: [String!] c: Colour }',
    `interface Thing { id: ID! ${isFirst ? 'label: String note: String' : ''} }`,
    ...own.map(entity),
    ...(own.length > 1 ? [`union U${index} = ${own.join(' | ')}`] : []),
    `type V${index} { ${fields('v', 3)} deep: W${index} }`,
    `type W${index} { ${fields('w', 2)} }`,
    `type Query { ${fields(`q${index}`, 3)} ${own.map((name) => `all${name}in${index}: [${name}]`).join(' ')} ${isFirst ? 'media: [Media]' : ''} }`,
    `type Mutation { ${fields(`do${index}`, 2)} }`,
    mediaOf(index),
  ].join('\n')
}

/** One interface whose fields another subgraph adds without knowing its types. */
function mediaOf(index: number): string {
  if (index === 0)
    return `interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! pages: Int }
      type Film implements Media @key(fields: "id") { id: ID! minutes: Int! }`
  return index === 1 ? 'type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int heard: [String!] }' : ''
}
