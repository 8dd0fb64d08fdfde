import type { Suite } from '../suite'

const books = [
  { __typename: 'Book', id: '1', upc: 'b1', author: { __typename: 'Author', id: 'a1', name: 'Alice' } },
  { __typename: 'Book', id: '2', upc: 'b2', author: { __typename: 'Author', id: 'a2', name: 'Bob' } },
  { __typename: 'Book', id: '3', upc: 'b3', author: { __typename: 'Author', id: 'a3', name: 'Jack' } },
]

export const nullKeys: Suite = {
  id: 'null-keys',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Query {
          bookContainers: [BookContainer]
        }
        type BookContainer {
          book: Book
        }
        type Book @key(fields: "upc") {
          upc: ID!
        }
      `,
      resolvers: {
        Query: {
          bookContainers() {
            return books.map((book) => ({ book: { upc: book.upc } }))
          },
        },
        Book: {
          __resolveReference(reference: { upc: String }) {
            if (reference != null) {
              let book = books.find((book) => book.upc === reference.upc)
              if (book != null && book.upc !== null) {
                return { __typename: 'Book', upc: book.upc }
              }
            }
            throw new Error('Invalid reference')
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Book @key(fields: "id") @key(fields: "upc") {
          id: ID!
          upc: ID!
        }
      `,
      resolvers: {
        Book: {
          __resolveReference(reference: { id: String } | { upc: String }) {
            if (reference != null) {
              let book: { id: string; upc: string } | undefined
              if ('id' in reference) {
                book = books.find((book) => book.id === reference.id)
              }
              if ('upc' in reference) {
                book = books.find((book) => book.upc === reference.upc)
              }
              if (book != null) {
                // `a` has `Book` entities with upc: `b1, b2, b3`, but `b` has `Book` entities with only `b1` and `b2`.
                // `b3` is not available and this subgraph is the only possible step to get to the other subgraph (need of `id` field) to resolve the author.
                if (book.id === '3') return null
                return { __typename: 'Book', id: book.id, upc: book.upc }
              }
            }
            throw new Error('Invalid reference')
          },
        },
      },
    },
    {
      name: 'c',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Book @key(fields: "id") {
          id: ID!
          author: Author
        }

        type Author {
          id: ID!
          name: String
        }
      `,
      resolvers: {
        Book: {
          __resolveReference(reference: { id: String } | { upc: String }) {
            if (reference != null) {
              let book: { id: string; author: { id: string; name: string } } | undefined
              if ('id' in reference && reference.id !== null) {
                book = books.find((book) => book.id === reference.id)
              }
              if ('upc' in reference && reference.upc !== null) {
                book = books.find((book) => book.upc === reference.upc)
              }
              if (book != null) {
                return {
                  __typename: 'Book',
                  id: book.id,
                  author: { __typename: 'Author', id: book.author.id, name: book.author.name },
                }
              }
            }
            throw new Error('Invalid reference')
          },
        },
      },
    },
  ],
  cases: [
    {
      query: '{ bookContainers { book { upc author { name } } } }',
      data: {
        bookContainers: [
          { book: { upc: 'b1', author: { name: 'Alice' } } },
          { book: { upc: 'b2', author: { name: 'Bob' } } },
          { book: { upc: 'b3', author: null } },
        ],
      },
    },
  ],
}
