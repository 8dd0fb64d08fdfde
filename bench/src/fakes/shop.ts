import { federationParts } from './answers.ts'

/** Subgraphs of an invented shop. Federation 1's way of writing, which every gateway here can read. */
export interface ShopSubgraph {
  readonly sdl: string
  readonly entities: readonly string[]
  readonly queries: Readonly<Record<string, (args: never) => unknown>>
  readonly resolve: (representation: Reference) => object
}

interface Reference {
  readonly __typename: string
  readonly id: string
}

/** Ids carry a number of the request, so that no two requests ask for the same entities. */
const idsOf = (kind: string, turn: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => `${kind}-${turn}-${place}`)

const turnOf = (id: string): number => Number(id.split('-')[1])
const placeOf = (id: string): number => Number(id.split('-')[2])

/** A list of ten, whose sellers have their names in another subgraph: an answer of 1 KB. */
export const smallJoin: Readonly<Record<string, ShopSubgraph>> = {
  catalogue: {
    sdl: `type Query { offers(turn: Int!): [Offer!]! }
      type Offer @key(fields: "id") { id: ID! title: String! cents: Int! seller: Seller }
      extend type Seller @key(fields: "id") { id: ID! @external }`,
    entities: ['Offer', 'Seller'],
    queries: { offers: ({ turn }: { turn: number }) => idsOf('o', turn, 10).map(offerOf) },
    resolve: ({ id }) => offerOf(id),
  },
  sellers: {
    sdl: `type Query { seller(id: ID!): Seller }
      type Seller @key(fields: "id") { id: ID! name: String! city: String! }`,
    entities: ['Seller'],
    queries: { seller: ({ id }: { id: string }) => sellerOf(id) },
    resolve: ({ id }) => sellerOf(id),
  },
}

function offerOf(id: string): object {
  const seller = { __typename: 'Seller', id: `s-${turnOf(id)}-${placeOf(id)}` }
  return { __typename: 'Offer', id, title: `Offer number ${placeOf(id)}`, cents: 1_000 + placeOf(id), seller }
}

const sellerOf = (id: string): object => ({
  __typename: 'Seller',
  id,
  name: `Seller ${placeOf(id)}`,
  city: 'Reykjavík',
})

export const smallJoinQuery = `query Offers($turn: Int!) {
  offers(turn: $turn) { id title cents seller { id name city } }
}`

/** Four subgraphs in the manner of the field's public benchmark: the same people and products again and again. */
export const heavy: Readonly<Record<string, ShopSubgraph>> = {
  accounts: {
    sdl: `type Query { users(turn: Int!): [User!]! @listSize(assumedSize: 4) }
      type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
    entities: ['User'],
    queries: { users: ({ turn }: { turn: number }) => idsOf('u', turn, 4).map(userOf) },
    resolve: ({ id }) => userOf(id),
  },
  inventory: {
    sdl: `type Query { warehouses: Int }
      extend type Product @key(fields: "id") {
        id: ID! @external price: Int @external weight: Int @external
        inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
      }`,
    entities: ['Product'],
    queries: {},
    resolve: (product) => ({
      ...product,
      inStock: placeOf(product.id) % 2 === 0,
      shippingEstimate: estimateOf(product),
    }),
  },
  products: {
    sdl: `type Query { topProducts(turn: Int!, first: Int!): [Product!]! @listSize(assumedSize: 5) }
      type Product @key(fields: "id") { id: ID! name: String price: Int weight: Int }`,
    entities: ['Product'],
    queries: {
      topProducts: ({ turn, first }: { turn: number; first: number }) => idsOf('p', turn, first).map(productOf),
    },
    resolve: ({ id }) => productOf(id),
  },
  reviews: {
    sdl: `type Query { latestReview: Review }
      type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
      extend type User @key(fields: "id") { id: ID! @external reviews: [Review] @listSize(assumedSize: 2) }
      extend type Product @key(fields: "id") { id: ID! @external reviews: [Review] @listSize(assumedSize: 2) }`,
    entities: ['Review', 'User', 'Product'],
    queries: {},
    resolve: ({ __typename, id }) =>
      __typename === 'Review'
        ? reviewOf(id)
        : {
            __typename,
            id,
            reviews: () => [0, 1].map((more) => reviewOf(`r-${turnOf(id)}-${placeOf(id) * 2 + more}`)),
          },
  },
}

const userOf = (id: string): object => ({
  __typename: 'User',
  id,
  name: `User ${placeOf(id)}`,
  username: `user${placeOf(id)}`,
  birthday: 1_900 + placeOf(id),
})

const productOf = (id: string): object => ({
  __typename: 'Product',
  id,
  name: `Product ${placeOf(id)}`,
  price: 100 * placeOf(id),
  weight: 10 * placeOf(id),
})

function estimateOf(product: object): number {
  const { price = 0, weight = 0 } = product as { price?: number; weight?: number }
  return price + weight
}

function reviewOf(id: string): object {
  const [turn, place] = [turnOf(id), placeOf(id)]
  return {
    __typename: 'Review',
    id,
    body: `Review ${place}: it does what it says.`,
    author: () => ({ __typename: 'User', id: `u-${turn}-${place % 4}`, reviews: reviewsOf(turn, place % 4) }),
    product: () => ({ __typename: 'Product', id: `p-${turn}-${place % 5}`, reviews: reviewsOf(turn, place % 5) }),
  }
}

const reviewsOf = (turn: number, place: number) => () => [0, 1].map((more) => reviewOf(`r-${turn}-${place * 2 + more}`))

export const heavyQuery = `fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate id weight }
query Heavy($turn: Int!) {
  users(turn: $turn) { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
  topProducts(turn: $turn, first: 5) { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}`

/** Subgraphs that have nothing to do with the query: a supergraph grows by them. */
export const bystanders = (count: number): Readonly<Record<string, ShopSubgraph>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `extra${index}`,
      {
        sdl: `type Query { thing${index}(id: ID!): Thing${index} }
          type Thing${index} @key(fields: "id") { id: ID! name: String owner: Seller }
          extend type Seller @key(fields: "id") { id: ID! @external things${index}: [Thing${index}] }`,
        entities: [`Thing${index}`, 'Seller'],
        queries: {},
        resolve: (reference: Reference) => reference,
      },
    ]),
  )

/** For those that read federation 1 only. */
export const plainSdl = ({ sdl }: ShopSubgraph): string =>
  sdl.replaceAll(/ @listSize\([^)]*\)/g, '').replace(/^type Query/, 'extend type Query')

export const linkedSdl = ({ sdl }: ShopSubgraph): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@listSize"])\n${sdl}`

export const schemaText = (subgraph: ShopSubgraph): string =>
  `directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
   directive @external on FIELD_DEFINITION
   directive @requires(fields: String!) on FIELD_DEFINITION
   ${plainSdl(subgraph).replaceAll('extend type', 'type')} ${federationParts(subgraph.entities)}`
