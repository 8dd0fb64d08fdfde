import type { Suite } from '../suite'

const products = [
  { id: '1', name: 'name-1', price: 100 },
  { id: '2', name: 'name-2', price: 200 },
]

export const mysteriousExternal: Suite = {
  id: 'mysterious-external',
  subgraphs: [
    {
      name: 'price',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external"])

        # Composition will fail if it's not an extension (I have no idea why this is the case)
        extend type Product @key(fields: "id") {
          id: ID! @external
          price: Float
        }

        type Query {
          cheapestProduct: Product
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(key: { id: string }) {
            const product = products.find((product) => product.id === key.id)
            if (!product) return null
            return { id: product.id, price: product.price }
          },
        },
        Query: {
          cheapestProduct() {
            let cheapest: (typeof products)[number] | null = null
            for (const product of products) {
              if (cheapest) {
                if (product.price < cheapest.price) {
                  cheapest = product
                }
              } else {
                cheapest = product
              }
            }
            return cheapest
          },
        },
      },
    },
    {
      name: 'product',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external"])

        type Product @key(fields: "id") {
          id: ID!
          name: String!
        }

        type Query {
          products: [Product!]!
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(key: { id: string }) {
            const product = products.find((product) => product.id === key.id)
            if (!product) return null
            return { id: product.id, name: product.name }
          },
        },
        Query: {
          products() {
            return products.map((p) => ({ id: p.id, name: p.name }))
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ cheapestProduct { id price name } }',
      data: { cheapestProduct: { id: '1', price: 100, name: 'name-1' } },
    },
    {
      query: '{ products { name price id } }',
      data: {
        products: [
          { name: 'name-1', price: 100, id: '1' },
          { name: 'name-2', price: 200, id: '2' },
        ],
      },
    },
  ],
}
