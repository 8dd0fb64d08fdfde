import type { Suite } from '../suite'

const products = [{ __typename: 'Bread', id: 'p1', name: 'Bread' }]

export const nonResolvableInterfaceObject: Suite = {
  id: 'non-resolvable-interface-object',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])

        interface Node @key(fields: "id") {
          id: ID!
        }

        type Product @key(fields: "id", resolvable: false) @interfaceObject {
          id: ID!
        }

        type Query {
          a: Node
          product: Product!
        }
      `,
      resolvers: {
        Query: {
          a() {
            return { __typename: 'Node', id: 'n1' }
          },
          product() {
            return { __typename: 'Product', id: products[0]!.id }
          },
        },
        Node: {
          __resolveReference() {
            throw new Error('Not resolvable as it is an interface object')
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])

        type Node @key(fields: "id", resolvable: false) @interfaceObject {
          id: ID!
          field: String
        }

        interface Product @key(fields: "id") {
          id: ID!
        }

        type Bread implements Product @key(fields: "id") {
          id: ID!
          name: String!
        }

        type Query {
          b: Node
        }
      `,
      resolvers: {
        Query: {
          b() {
            return { __typename: 'Node', id: 'n1' }
          },
        },
        Node: {
          __resolveReference() {
            throw new Error('Not resolvable')
          },
          field() {
            return 'foo'
          },
        },
        Product: {
          __resolveReference(key: { id: string }) {
            return products.find((p) => p.id === key.id)
          },
        },
        Bread: {
          __resolveReference(key: { id: string }) {
            return products.find((p) => p.id === key.id)
          },
        },
      },
    },
  ],
  cases: [
    { query: '{ b { id field } }', data: { b: { id: 'n1', field: 'foo' } } },
    { query: '{ a { field } }', data: null, errors: true },
    { query: '{ b { id } }', data: { b: { id: 'n1' } } },
    { query: '{ a { id } }', data: { a: null }, errors: true },
    { query: '{ product { id } }', data: { product: { id: 'p1' } } },
    { query: '{ product { id name } }', errors: true },
    { query: '{ product { ... on Bread { id } } }', data: { product: { id: 'p1' } } },
  ],
}
