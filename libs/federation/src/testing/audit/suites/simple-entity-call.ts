import type { Suite } from '../suite'

const users = [
  { id: '1', email: 'user1@gmail.com', nickname: 'user1' },
  { id: '2', email: 'user2@gmail.com', nickname: 'user2' },
]

export const simpleEntityCall: Suite = {
  id: 'simple-entity-call',
  subgraphs: [
    {
      name: 'email',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])

        type Query {
          user: User
        }

        type User @key(fields: "id") {
          id: ID!
          email: String!
        }
      `,
      resolvers: {
        Query: {
          user() {
            return { id: users[0]!.id, email: users[0]!.email }
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((u) => u.id === key.id)
            if (!user) return null
            return { id: user.id, email: user.email }
          },
        },
      },
    },
    {
      name: 'nickname',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@external"])

        type User @key(fields: "email") {
          email: String! @external
          nickname: String!
        }
      `,
      resolvers: {
        User: {
          __resolveReference(key: { email: string }) {
            const user = users.find((u) => u.email === key.email)
            if (!user) return null
            return { nickname: user.nickname }
          },
        },
      },
    },
  ],
  cases: [{ query: '{ user { id nickname } }', data: { user: { id: '1', nickname: 'user1' } } }],
}
