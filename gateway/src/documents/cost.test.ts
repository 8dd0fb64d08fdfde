import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import { getOperationAST, parse } from 'graphql'
import { limits } from '../limits'
import type { Variables } from './amount'
import { costOf, costWithin } from './cost'
import { CostModel } from './cost-model'
import { assertMeasured } from './measure'

const root = join(__dirname, '../../..')

function costsIn(sdl: string) {
  const supergraph = Supergraph.build(sdl)
  const schema = supergraph.apiSchema().toGraphQLJSSchema()
  const model = new CostModel(supergraph)
  return (text: string, variables: Variables = {}) => {
    const document = parse(text)
    return costOf(getOperationAST(document)!, document, schema, model)(variables)
  }
}

function compose(typeDefs: string): string {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", { name: "@listSize", as: "@long" }])`
  const { supergraphSdl, errors } = composeServices([
    { name: 'a', url: 'http://a', typeDefs: parse(`${link}\n${typeDefs}`) },
  ])
  if (supergraphSdl === undefined) throw new Error(String(errors))
  return supergraphSdl
}

describe('the estimate of the cost specification', () => {
  const cost = costsIn(
    compose(`
      type Query {
        one: Item
        name: String
        unsaid: [Item]
        some: [Item] @long(assumedSize: 7)
        first(first: Int = 5): [Item] @long(slicingArguments: ["first"], assumedSize: 3, requireOneSlicingArgument: false)
        page(first: Int, last: Int): Page @long(slicingArguments: ["first", "last"], sizedFields: ["edges"])
        dear(how: Int @cost(weight: 4)): Dear
        node: Node
      }
      type Mutation { change: Item }
      interface Node { id: ID }
      type Item implements Node { id: ID item: Item some: [Item] @long(assumedSize: 7) }
      type Page { edges: [Edge] total: Total }
      type Edge { node: Item }
      scalar Total @cost(weight: 2)
      type Dear @cost(weight: 30) { id: ID }
    `),
  )

  test.each([
    ['leaves', '{ name __typename __schema { types { name } } }', 0],
    ['objects', '{ one { id item { id } } }', 2],
    ['a list of unknown length', '{ unsaid { id } }', limits.assumedListSize],
    ['lists in lists', '{ some { some { id } } }', 7 + 7 * 7],
    ['a default of the schema', '{ first { id } }', 5],
    ['an argument', '{ first(first: 20) { item { id } } }', 40],
    ['null where it may be left out', '{ first(first: null) { id } }', 3],
    ['the fields that an argument sizes', '{ page(first: 20) { edges { node { id } } total } }', 1 + 40 + 2],
    ['weights of types and arguments', '{ dear(how: 1) { id } }', 34],
    ['a mutation', 'mutation { change { id } }', 11],
    ['fragments', '{ node { ...F ... on Item { item { id } } } } fragment F on Item { item { id } }', 3],
  ])('%s', (_what, text, expected) => {
    expect(cost(text)).toBe(expected)
  })

  test('variables, as sent or by default', () => {
    const text = 'query ($n: Int = 8) { first(first: $n) { id } page(last: $n) { edges { node { id } } } }'
    expect(cost(text)).toBe(8 + 1 + 16)
    expect(cost(text, { n: 100 })).toBe(100 + 1 + 200)
    expect(cost(text, { n: -5 })).toBe(1)
  })

  test.each(['toString', 'constructor', '__proto__'])('a variable called %s counts by its default', (name) => {
    const text = `query ($${name}: Int = 100) { first(first: $${name}) { id } }`
    expect(cost(text)).toBe(100)
    expect(cost(text, JSON.parse(`{"${name}":7}`) as Variables)).toBe(7)
  })

  test.each(['{ page { total } }', '{ page(first: 1, last: 1) { total } }', '{ page(first: null) { total } }'])(
    '%s does not say how long the list may be',
    (text) => {
      expect(costWithin(() => cost(text), {})).toBe('Say how many of page you want by one of: first, last.')
    },
  )
})

describe('the supergraph of this repository', () => {
  const cost = costsIn(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))

  const manifest = JSON.parse(readFileSync(join(root, 'web/trusted-documents.json'), 'utf8')) as {
    operations: { name: string; body: string }[]
  }

  // With the page sizes that the web client requests.
  test.each(manifest.operations)('the client operation $name is far below the limits', ({ body }) => {
    assertMeasured(parse(body))
    expect(cost(body, { first: 25, last: 50 })).toBeLessThan(0.6 * limits.cost)
  })

  test('a client may ask at once for fifty conversations with their last messages and all members', () => {
    const list = `query ($first: Int!) { conversations(first: $first) { edges { node {
      title lastMessage { text } members { role user { displayName } } } } } }`
    expect(costWithin((variables) => cost(list, variables), { first: 50 })).toBe(1 + 50 * (3 + 2 * 100))
  })

  test('lists that are too large are refused', () => {
    const fat = `{ conversations(first: 100) { edges { node { title members { role user { username displayName } }
      history(last: 100) { events { seq at actor { id username displayName } } } } } } }`
    expect(fat.length).toBeLessThan(250)
    expect(costWithin((variables) => cost(fat, variables), {})).toMatch('may bring more than 12,000 objects')
  })
})
