import type { Suite } from '../suite'

const posts = [
  { id: 'p1', createdAt: 'p1-createdAt' },
  { id: 'p2', createdAt: 'p2-createdAt' },
]

export const simpleOverride: Suite = {
  id: 'simple-override',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Post @key(fields: "id") {
          id: ID!
          createdAt: String! @shareable
        }

        type Query {
          feed: [Post] @shareable
          aFeed: [Post]
        }
      `,
      resolvers: {
        Query: {
          feed() {
            return posts
          },
          aFeed() {
            return [posts[1]]
          },
        },
        Post: {
          __resolveReference(key: { id: string }) {
            const post = posts.find((p) => p.id === key.id)
            if (!post) return null
            return { id: post.id, createdAt: post.createdAt }
          },
          createdAt() {
            return 'NEVER'
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@override", "@shareable"])

        type Post @key(fields: "id") {
          id: ID!
          createdAt: String! @override(from: "a") @shareable
        }

        type Query {
          feed: [Post] @shareable
          bFeed: [Post]
        }
      `,
      resolvers: {
        Query: {
          feed() {
            return posts
          },
          bFeed() {
            return [posts[0]]
          },
        },
        Post: {
          __resolveReference(key: { id: string }) {
            const post = posts.find((p) => p.id === key.id)
            if (!post) return null
            return { id: post.id, createdAt: post.createdAt }
          },
        },
      },
    },
  ],
  cases: [
    { query: '{ feed { createdAt } }', data: { feed: [{ createdAt: 'p1-createdAt' }, { createdAt: 'p2-createdAt' }] } },
    {
      query: '{ aFeed { createdAt } bFeed { createdAt } }',
      data: { aFeed: [{ createdAt: 'p2-createdAt' }], bFeed: [{ createdAt: 'p1-createdAt' }] },
    },
  ],
}
