import type { Suite } from '../suite'

const users = [
  { id: 'u1', rid: 'u1-rid', name: 'u1-name', nickname: 'u1-nickname' },
  { id: 'u2', rid: 'u2-rid', name: 'u2-name', nickname: 'u2-nickname' },
]

export const fed2ExternalExtension: Suite = {
  id: 'fed2-external-extension',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@provides"])

        type Query {
          randomUser: User
          providedRandomUser: User @provides(fields: "name")
        }

        extend type User @key(fields: "id") {
          id: ID! @external
          name: String! @external
          rid: ID
        }
      `,
      resolvers: {
        Query: {
          randomUser() {
            return { id: users[0]!.id, rid: users[0]!.rid }
          },
          providedRandomUser() {
            return { id: users[0]!.id, rid: users[0]!.rid, name: users[0]!.name }
          },
        },
        User: {
          __resolveReference(key: { id: string }) {
            const user = users.find((u) => u.id === key.id)
            if (!user) return null
            return { id: user.id, rid: user.rid }
          },
          name(user: { name: string | undefined }) {
            return user.name ?? 'never'
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          userById(id: ID): User
        }

        type User @key(fields: "id") {
          id: ID!
          name: String! @shareable
          nickname: String
        }
      `,
      resolvers: {
        Query: {
          userById: (_: unknown, { id }: { id: string }) => {
            const user = users.find((u) => u.id === id)
            if (!user) return null
            return { id: user.id, name: user.name, nickname: user.nickname }
          },
        },
        User: {
          __resolveReference: (key: { id: string }) => {
            const user = users.find((u) => u.id === key.id)
            if (!user) return null
            return { id: user.id, name: user.name, nickname: user.nickname }
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ randomUser { id name } userById(id: "u2") { id name nickname } }',
      data: {
        randomUser: { id: 'u1', name: 'u1-name' },
        userById: { id: 'u2', name: 'u2-name', nickname: 'u2-nickname' },
      },
    },
    { query: '{ randomUser { id rid } }', data: { randomUser: { id: 'u1', rid: 'u1-rid' } } },
    { query: '{ randomUser { id rid name } }', data: { randomUser: { id: 'u1', rid: 'u1-rid', name: 'u1-name' } } },
    {
      query: '{ providedRandomUser { id rid name } }',
      data: { providedRandomUser: { id: 'u1', rid: 'u1-rid', name: 'u1-name' } },
    },
  ],
}
