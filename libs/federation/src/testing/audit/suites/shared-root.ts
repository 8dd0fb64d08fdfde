import type { Suite } from '../suite'

const product = {
  id: '1',
  name: { id: '1', brand: 'Brand 1', model: 'Model 1' },
  category: { id: '1', name: 'Category 1' },
  price: { id: '1', amount: 1000, currency: 'USD' },
  address: { id: '1', street: '123 Main St', city: 'Springfield' },
}

export const sharedRoot: Suite = {
  id: 'shared-root',
  subgraphs: [
    {
      name: 'name',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          product: Product! @shareable
          products: [Product!]! @shareable
        }

        type Product {
          id: ID! @shareable
          name: Name!
        }

        type Name {
          id: ID!
          brand: String!
          model: String!
        }
      `,
      resolvers: {
        Query: {
          product() {
            return { id: product.id, name: product.name }
          },
          products() {
            return [{ id: product.id, name: product.name }]
          },
        },
      },
    },
    {
      name: 'price',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          product: Product! @shareable
          products: [Product!]! @shareable
        }

        type Product {
          id: ID! @shareable
          price: Price!
        }

        type Price {
          id: ID!
          amount: Int!
          currency: String!
        }
      `,
      resolvers: {
        Query: {
          product() {
            return { id: product.id, price: product.price }
          },
          products() {
            return [{ id: product.id, price: product.price }]
          },
        },
      },
    },
    {
      name: 'category',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          product: Product! @shareable
          products: [Product!]! @shareable
        }

        type Product {
          id: ID! @shareable
          category: Category!
        }

        type Category {
          id: ID!
          name: String!
        }
      `,
      resolvers: {
        Query: {
          product() {
            return { id: product.id, category: product.category }
          },
          products() {
            return [{ id: product.id, category: product.category }]
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ product { id name { id brand model } category { id name } price { id amount currency } } }',
      data: {
        product: {
          id: '1',
          name: { id: '1', brand: 'Brand 1', model: 'Model 1' },
          price: { id: '1', amount: 1000, currency: 'USD' },
          category: { id: '1', name: 'Category 1' },
        },
      },
    },
    {
      query: '{ products { id name { id brand model } category { id name } price { id amount currency } } }',
      data: {
        products: [
          {
            id: '1',
            name: { id: '1', brand: 'Brand 1', model: 'Model 1' },
            price: { id: '1', amount: 1000, currency: 'USD' },
            category: { id: '1', name: 'Category 1' },
          },
        ],
      },
    },
  ],
}
