import type { Suite } from '../suite'

const products = [
  { id: 'p-1', name: 'Product 1', price: 10.0 },
  { id: 'p-2', name: 'Product 2', price: 20.0 },
]
const categories = [
  { id: 'pc-1', name: 'Category 1' },
  { id: 'c-2', name: 'Category 2' },
]

export const node: Suite = {
  id: 'node',
  subgraphs: [
    {
      name: 'node',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Query {
          productNode: Node
          categoryNode: Node
        }

        interface Node {
          id: ID!
        }

        type Product implements Node @key(fields: "id") {
          id: ID!
        }

        type Category implements Node @key(fields: "id") {
          id: ID!
        }
      `,
      resolvers: {
        Query: {
          productNode() {
            return { __typename: 'Product', id: products[0]!.id }
          },
          categoryNode() {
            return { __typename: 'Category', id: categories[0]!.id }
          },
        },
        Product: {
          __resolveReference(key: { id: string }) {
            const product = products.find((p) => p.id === key.id)
            if (!product) return null
            return { id: product.id }
          },
        },
        Category: {
          __resolveReference(key: { id: string }) {
            const cat = categories.find((c) => c.id === key.id)
            if (!cat) return null
            return { id: cat.id }
          },
        },
      },
    },
    {
      name: 'node-two',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        interface Node {
          id: ID!
        }

        type Product implements Node @key(fields: "id") {
          id: ID!
        }

        type Category implements Node @key(fields: "id") {
          id: ID!
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(key: { id: string }) {
            const product = products.find((p) => p.id === key.id)
            if (!product) return null
            return { id: product.id }
          },
        },
        Category: {
          __resolveReference(key: { id: string }) {
            const cat = categories.find((c) => c.id === key.id)
            if (!cat) return null
            return { id: cat.id }
          },
        },
      },
    },
    {
      name: 'types',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        interface Node {
          id: ID!
        }

        type Product implements Node @key(fields: "id") @shareable {
          id: ID!
          name: String!
          price: Float!
        }

        type Category implements Node @key(fields: "id") {
          id: ID!
          name: String!
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(key: { id: string }) {
            const product = products.find((p) => p.id === key.id)
            if (!product) return null
            return { id: product.id, name: product.name, price: product.price }
          },
        },
        Category: {
          __resolveReference(key: { id: string }) {
            const cat = categories.find((c) => c.id === key.id)
            if (!cat) return null
            return { id: cat.id, name: cat.name }
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ productNode { ... on Product { id name __typename price } } }',
      data: { productNode: { id: 'p-1', name: 'Product 1', __typename: 'Product', price: 10 } },
    },
  ],
}
