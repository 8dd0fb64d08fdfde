import type { Suite } from '../suite'

const imagePosts = [
  { __typename: 'ImagePost', id: 'i1', createdAt: 'i1-createdAt' },
  { __typename: 'ImagePost', id: 'i2', createdAt: 'i2-createdAt' },
]
const textPosts = [
  { __typename: 'TextPost', id: 't1', createdAt: 't1-createdAt', body: 't1-body' },
  { __typename: 'TextPost', id: 't2', createdAt: 't2-createdAt', body: 't2-body' },
]

export const overrideTypeInterface: Suite = {
  id: 'override-type-interface',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        interface Post {
          id: ID!
          createdAt: String!
        }

        type ImagePost implements Post @key(fields: "id") {
          id: ID!
          createdAt: String!
        }

        type Query {
          feed: [Post]
        }
      `,
      resolvers: {
        Query: {
          feed() {
            return imagePosts
          },
        },
        ImagePost: {
          __resolveReference(key: { id: string }) {
            const post = imagePosts.find((p) => p.id === key.id)
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
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@override"])

        interface Post {
          id: ID!
          createdAt: String!
        }

        type TextPost implements Post @key(fields: "id") {
          id: ID!
          createdAt: String!
          body: String!
        }

        interface AnotherPost {
          id: ID!
          createdAt: String!
        }

        type ImagePost implements AnotherPost @key(fields: "id") {
          id: ID!
          createdAt: String! @override(from: "a")
        }

        type Query {
          anotherFeed: [AnotherPost]
        }
      `,
      resolvers: {
        Query: {
          anotherFeed() {
            return imagePosts
          },
        },
        TextPost: {
          __resolveReference(key: { id: string }) {
            const post = textPosts.find((p) => p.id === key.id)
            if (!post) return null
            return { id: post.id, createdAt: post.createdAt, body: post.body }
          },
        },
        ImagePost: {
          __resolveReference(key: { id: string }) {
            const post = imagePosts.find((p) => p.id === key.id)
            if (!post) return null
            return { id: post.id, createdAt: post.createdAt }
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ feed { id createdAt } }',
      data: {
        feed: [
          { id: 'i1', createdAt: 'i1-createdAt' },
          { id: 'i2', createdAt: 'i2-createdAt' },
        ],
      },
    },
    { query: '{ feed { ... on TextPost { id body } } }', data: { feed: [{}, {}] } },
    {
      query: '{ anotherFeed { createdAt } }',
      data: { anotherFeed: [{ createdAt: 'i1-createdAt' }, { createdAt: 'i2-createdAt' }] },
    },
    {
      query: '{ anotherFeed { createdAt id ... on ImagePost { createdAt id } } }',
      data: {
        anotherFeed: [
          { createdAt: 'i1-createdAt', id: 'i1' },
          { createdAt: 'i2-createdAt', id: 'i2' },
        ],
      },
    },
  ],
}
