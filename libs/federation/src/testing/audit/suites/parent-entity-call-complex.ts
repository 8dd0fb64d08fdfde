import type { Suite } from '../suite'

export const parentEntityCallComplex: Suite = {
  id: 'parent-entity-call-complex',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@shareable"])

        type Product @key(fields: "id") {
          id: ID @external
          category: Category @shareable
        }
        type Category {
          details: String
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(product: { id: string }) {
            return { id: product.id, category: { details: `Details for Product#${product.id}` } }
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@shareable"])

        type Product @key(fields: "id") {
          id: ID @external
          category: Category @shareable
        }

        type Category {
          id: ID @shareable
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(product: { id: string }) {
            return { id: product.id, category: { id: 3 } }
          },
        },
      },
    },
    {
      name: 'c',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
        type Category @key(fields: "id") {
          id: ID
          name: String
        }
      `,
      resolvers: {
        Category: {
          __resolveReference(category: { id: string }) {
            return { id: category.id, name: `Category#${category.id}` }
          },
        },
      },
    },
    {
      name: 'd',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Query {
          productFromD(id: ID!): Product
        }

        type Product @key(fields: "id") {
          id: ID
          name: String
        }
      `,
      resolvers: {
        Product: {
          __resolveReference(product: { id: string }) {
            return { id: product.id, name: `Product#${product.id}` }
          },
        },
        Query: {
          productFromD(_: never, { id }: { id: string }) {
            return { id, name: `Product#${id}` }
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ productFromD(id: "1") { id name category { id name details } } }',
      data: {
        productFromD: {
          id: '1',
          name: 'Product#1',
          category: { id: '3', name: 'Category#3', details: 'Details for Product#1' },
        },
      },
    },
  ],
}
