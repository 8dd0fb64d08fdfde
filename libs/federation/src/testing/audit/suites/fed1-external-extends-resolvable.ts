import type { Suite } from '../suite'

const products = [{ id: 'p1', pid: 'p1-pid', price: 12.3, upc: 'upc1', name: 'p1-name' }]

export const fed1ExternalExtendsResolvable: Suite = {
  id: 'fed1-external-extends-resolvable',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        type Query {
          productInA: Product
        }

        type Product @key(fields: "id") {
          id: ID!
          name: String
          pid: ID
        }
      `,
      resolvers: {
        Query: {
          productInA() {
            return { id: products[0]!.id, name: products[0]!.name, pid: products[0]!.pid }
          },
        },
        Product: {
          __resolveReference(key: { id: string }) {
            if (products[0]!.id !== key.id) return null
            return { id: products[0]!.id, name: products[0]!.name, pid: products[0]!.pid }
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        type Query {
          productInB: Product
        }

        extend type Product @key(fields: "id name") @key(fields: "upc") {
          id: ID @external
          name: String @external
          upc: String @external
          price: Float!
        }
      `,
      resolvers: {
        Query: {
          productInB: () => {
            return { id: products[0]!.id, name: products[0]!.name, upc: products[0]!.upc, price: products[0]!.price }
          },
        },
        Product: {
          __resolveReference: (key: { id: string; name: string } | { upc: string }) => {
            const product =
              'id' in key
                ? products.find((p) => p.id === key.id && p.name === key.name)
                : products.find((p) => p.upc === key.upc)
            return product ? { id: product.id, name: product.name, upc: product.upc, price: product.price } : null
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ productInA { id pid price upc name } }',
      data: { productInA: { id: 'p1', pid: 'p1-pid', price: 12.3, upc: 'upc1', name: 'p1-name' } },
    },
  ],
}
