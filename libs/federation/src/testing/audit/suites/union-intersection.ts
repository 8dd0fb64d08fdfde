import type { Suite } from '../suite'

const media = {
  __typename: 'Book',
  id: 'b1',
  title: 'The Lord of the Rings',
  aTitle: 'A: The Lord of the Rings',
  bTitle: 'B: The Lord of the Rings',
}

const song = { __typename: 'Song', id: 's2', title: 'Song Title', aTitle: 'A: Song Title' }

const movie = { __typename: 'Movie', id: 'm3', title: 'A Movie Title', bTitle: 'B Movie Title' }

export const unionIntersection: Suite = {
  id: 'union-intersection',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable", "@key"])

        union Media = Book | Song
        union ViewerMedia = Book | Song

        type Book @key(fields: "id") {
          id: ID!
          title: String! @shareable
          aTitle: String!
        }

        type Song @key(fields: "id") {
          id: ID!
          title: String! @shareable
          aTitle: String!
        }

        type Query {
          media: Media @shareable
          aMedia: Media @shareable
          book: Book @shareable
          song: Media @shareable
          viewer: Viewer @shareable
        }

        type Viewer {
          media: ViewerMedia @shareable
          aMedia: ViewerMedia
          book: Book @shareable
          song: ViewerMedia @shareable
        }
      `,
      resolvers: {
        Query: {
          media: () => media,
          aMedia: () => media,
          book: () => media,
          song: () => song,
          viewer: () => {
            return { media: media, aMedia: media, book: media, song: song }
          },
        },
        Book: {
          __resolveReference(key: { id: string }) {
            if (key.id !== media.id) return null
            return media
          },
        },
        Song: {
          __resolveReference(key: { id: string }) {
            if (key.id !== song.id) return null
            return song
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable", "@key"])

        type Query {
          media: Media @shareable
          bMedia: Media @shareable
          book: Media @shareable
          viewer: Viewer @shareable
        }

        union Media = Book | Movie
        union ViewerMedia = Book | Movie

        type Movie @key(fields: "id") {
          id: ID!
          title: String! @shareable
          bTitle: String!
        }

        type Book @key(fields: "id") {
          id: ID!
          title: String! @shareable
          bTitle: String!
        }

        type Viewer {
          media: ViewerMedia @shareable
          bMedia: ViewerMedia
          book: ViewerMedia @shareable
        }
      `,
      resolvers: {
        Query: {
          media: () => media,
          bMedia: () => media,
          book: () => media,
          viewer: () => {
            return { media, bMedia: movie, book: media }
          },
        },
        Book: {
          __resolveReference(key: { id: string }) {
            if (key.id !== media.id) return null
            return media
          },
        },
        Movie: {
          __resolveReference(key: { id: string }) {
            if (key.id !== movie.id) return null
            return movie
          },
        },
      },
    },
  ],
  cases: [
    { query: '{ media { ... on Movie { title } } }', data: { media: {} } },
    { query: '{ media { ... on Book { title } } }', data: { media: { title: 'The Lord of the Rings' } } },
    {
      query: '{ media { ... on Book { title } ... on Movie { title } } }',
      data: { media: { title: 'The Lord of the Rings' } },
    },
    {
      query: /* GraphQL */ `
        {
          viewer {
            media {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
            book {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
            song {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
          }
        }
      `,
      data: {
        viewer: {
          media: { __typename: 'Book', title: 'The Lord of the Rings' },
          book: { __typename: 'Book', title: 'The Lord of the Rings' },
          song: { __typename: 'Song', title: 'Song Title' },
        },
      },
    },
    { query: '{ viewer { media { ... on Movie { title } } } }', data: { viewer: { media: {} } } },
    {
      query: '{ viewer { media { ... on Book { title } } } }',
      data: { viewer: { media: { title: 'The Lord of the Rings' } } },
    },
    {
      query: '{ viewer { media { ... on Book { title } ... on Movie { title } } } }',
      data: { viewer: { media: { title: 'The Lord of the Rings' } } },
    },
    {
      query: /* GraphQL */ `
        {
          viewer {
            media {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
            book {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
            song {
              __typename
              ... on Song {
                title
              }
              ... on Movie {
                title
              }
              ... on Book {
                title
              }
            }
          }
        }
      `,
      data: {
        viewer: {
          media: { __typename: 'Book', title: 'The Lord of the Rings' },
          book: { __typename: 'Book', title: 'The Lord of the Rings' },
          song: { __typename: 'Song', title: 'Song Title' },
        },
      },
    },
    { query: '{ aMedia { ... on Movie { title bTitle } } }', data: { aMedia: {} } },
    {
      query: '{ aMedia { ... on Book { title aTitle bTitle } } }',
      data: {
        aMedia: {
          title: 'The Lord of the Rings',
          aTitle: 'A: The Lord of the Rings',
          bTitle: 'B: The Lord of the Rings',
        },
      },
    },
    {
      query: /* GraphQL */ `
        {
          viewer {
            media {
              __typename
              ... on Song {
                title
                aTitle
              }
              ... on Movie {
                title
                bTitle
              }
              ... on Book {
                title
                aTitle
                bTitle
              }
            }
            book {
              __typename
              ... on Song {
                title
                aTitle
              }
              ... on Movie {
                title
                bTitle
              }
              ... on Book {
                title
                aTitle
                bTitle
              }
            }
            song {
              __typename
              ... on Song {
                title
                aTitle
              }
              ... on Movie {
                title
                bTitle
              }
              ... on Book {
                title
                aTitle
                bTitle
              }
            }
          }
        }
      `,
      data: {
        viewer: {
          media: {
            __typename: 'Book',
            title: 'The Lord of the Rings',
            aTitle: 'A: The Lord of the Rings',
            bTitle: 'B: The Lord of the Rings',
          },
          book: {
            __typename: 'Book',
            title: 'The Lord of the Rings',
            aTitle: 'A: The Lord of the Rings',
            bTitle: 'B: The Lord of the Rings',
          },
          song: { __typename: 'Song', title: 'Song Title', aTitle: 'A: Song Title' },
        },
      },
    },
    {
      query: '{ viewer { aMedia { ... on Movie { title bTitle } } bMedia { ... on Movie { title bTitle } } } }',
      data: { viewer: { aMedia: {}, bMedia: { title: 'A Movie Title', bTitle: 'B Movie Title' } } },
    },
  ],
}
