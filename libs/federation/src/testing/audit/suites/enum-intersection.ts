import type { Suite } from '../suite'

const users = [
  { id: 'u1', type: 'REGULAR' },
  { id: 'u2', type: 'ANONYMOUS' },
]

export const enumIntersection: Suite = {
  id: 'enum-intersection',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          users: [User]
        }

        type User @key(fields: "id") {
          id: ID
          type: UserType @shareable
        }

        enum UserType {
          REGULAR
        }
      `,
      resolvers: {
        Query: {
          users() {
            return users
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((u) => u.id === key.id)
            if (!user) return null
            return { id: user.id, type: user.type }
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible", "@shareable"])

        type Query {
          usersByType(type: UserType!): [User!]
          usersB: [User!]
        }

        extend type User @key(fields: "id") {
          id: ID
          type: UserType @shareable
        }

        enum UserType {
          ANONYMOUS @inaccessible
          REGULAR
        }
      `,
      resolvers: {
        Query: {
          usersByType(_: unknown, { type }: { type: string }) {
            return users.filter((u) => u.type === type)
          },
          usersB() {
            return users
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((u) => u.id === key.id)
            if (!user) return null
            return { id: user.id, type: user.type }
          },
        },
      },
    },
  ],
  cases: [
    { query: '{ users { id } }', data: { users: [{ id: 'u1' }, { id: 'u2' }] } },
    {
      query: '{ users { id type } }',
      data: {
        users: [
          { id: 'u1', type: 'REGULAR' },
          { id: 'u2', type: null },
        ],
      },
      errors: true,
    },
    {
      query: '{ usersB { id type } }',
      data: {
        usersB: [
          { id: 'u1', type: 'REGULAR' },
          { id: 'u2', type: null },
        ],
      },
    },
    { query: '{ usersByType(type: REGULAR) { id type } }', data: { usersByType: [{ id: 'u1', type: 'REGULAR' }] } },
    { query: '{ usersByType(type: ANONYMOUS) { id type } }', data: null, errors: true },
  ],
}
