import { punishesPoorPlans, type Suite } from '../suite'

const medias = [
  { __typename: 'Book', id: 'm1', title: 'Book 1' },
  { __typename: 'Movie', id: 'm2', title: 'Movie 1' },
]

export const providesOnUnion: Suite = {
  id: 'provides-on-union',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external"])

        type Query {
          media: [Media] @shareable
        }

        union Media = Book | Movie

        type Book @key(fields: "id") {
          id: ID!
        }

        type Movie @key(fields: "id") {
          id: ID!
        }
      `,
      resolvers: {
        Query: {
          media(_p: unknown, _a: unknown, context: any) {
            if (punishesPoorPlans) throw new Error("You should not be using the 'a' subgraph!")
            return medias.map((media) => ({ __typename: media.__typename, id: media.id }))
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(
            url: "https://specs.apollo.dev/federation/v2.3"
            import: ["@key", "@shareable", "@provides", "@external"]
          )

        type Query {
          media: [Media] @shareable @provides(fields: "... on Book { title }")
        }

        union Media = Book | Movie

        type Book @key(fields: "id") {
          id: ID!
          title: String @external
        }

        type Movie @key(fields: "id") {
          id: ID!
        }
      `,
      resolvers: {
        Query: {
          media() {
            return medias.map((media) => {
              if (media.__typename === 'Book') {
                return { __typename: media.__typename, id: media.id, title: media.title }
              }
              return { __typename: media.__typename, id: media.id }
            })
          },
        },
      },
    },
    {
      name: 'c',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Book @key(fields: "id") {
          id: ID!
          title: String @shareable
        }

        type Movie @key(fields: "id") {
          id: ID!
          title: String @shareable
        }
      `,
      resolvers: {
        Book: {
          __resolveReference(key: { id: string }, context: any) {
            if (punishesPoorPlans) throw new Error("You should be using the 'b' subgraph!")
            const media = medias.find((media) => media.id === key.id)
            if (!media) return null
            return { __typename: media.__typename, id: media.id, title: media.title }
          },
        },
        Movie: {
          __resolveReference(key: { id: string }) {
            const media = medias.find((media) => media.id === key.id)
            if (!media) return null
            return { __typename: media.__typename, id: media.id, title: media.title }
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ media { ... on Book { id title } ... on Movie { id } } }',
      data: { media: [{ id: 'm1', title: 'Book 1' }, { id: 'm2' }] },
    },
    {
      query: '{ media { ... on Book { id title } ... on Movie { id title } } }',
      data: {
        media: [
          { id: 'm1', title: 'Book 1' },
          { id: 'm2', title: 'Movie 1' },
        ],
      },
    },
  ],
}
