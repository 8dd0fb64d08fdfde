import type { Suite } from '../suite'

const users = [
  { id: 'u1', name: 'u1-name' },
  { id: 'u2', name: 'u2-name' },
]

export const inputObjectIntersection: Suite = {
  id: 'input-object-intersection',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        input UsersFilter {
          first: Int!
        }

        type User @key(fields: "id") {
          id: ID!
          name: String! @shareable
        }

        type Query {
          usersInA(filter: UsersFilter!): [User!]
        }
      `,
      resolvers: {
        Query: {
          usersInA(_: unknown, { filter }: { filter: { first: number } }) {
            if ('offset' in filter) return []
            return users
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((user) => user.id === key.id)
            if (!user) return null
            return user
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        input UsersFilter {
          offset: Int
          first: Int!
        }

        type User @key(fields: "id") {
          id: ID!
          name: String! @shareable
        }

        type Query {
          usersInB(filter: UsersFilter!): [User!]
        }
      `,
      resolvers: {
        Query: {
          usersInB(_: unknown, { filter }: { filter: { offset?: number; first: number } }) {
            if ('offset' in filter) return []
            return users
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((user) => user.id === key.id)
            if (!user) return null
            return user
          },
        },
      },
    },
  ],
  cases: [
    { query: '{ usersInA(filter: {first: 1}) { id } }', data: { usersInA: [{ id: 'u1' }, { id: 'u2' }] } },
    { query: '{ usersInA(filter: {first: 1, offset: 2}) { id } }', errors: true },
    { query: '{ usersInB(filter: {first: 1, offset: 2}) { id } }', errors: true },
  ],
}
