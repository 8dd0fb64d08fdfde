import type { Suite } from '../suite'

const message = 'Hello, Federation!'
const alpha = { __typename: 'Alpha', id: 'alpha-1', value: 'alpha value' }
const beta = { __typename: 'Beta', id: 'beta-1', name: 'beta name', details: 'beta details' }
const gamma = { __typename: 'Gamma', id: 'gamma-1', label: 'gamma label' }
// The primary subgraph can resolve all three union members.
const actions = [alpha, beta, gamma]

export const partialUnion: Suite = {
  id: 'partial-union',
  subgraphs: [
    // "primary" subgraph: declares the full union `Alpha | Beta | Gamma` and is the
    // only subgraph that defines `getResponse`. `Beta` and `Gamma` have no `@key`,
    // so they can only ever be resolved here.
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])

        type Query {
          getResponse: Response
        }

        type Response @shareable {
          actions: [Action!]!
          message: String
        }

        union Action = Alpha | Beta | Gamma

        type Alpha @shareable {
          id: ID!
          value: String
        }

        type Beta {
          id: ID!
          name: String
          details: String
        }

        type Gamma {
          id: ID!
          label: String
        }
      `,
      resolvers: { Query: { getResponse: () => ({ message, actions }) } },
    },
    // "secondary" subgraph: contributes only a partial union (`Alpha` only) and the
    // shared `@shareable Response` type. It does NOT define `getResponse`, so the
    // planner must resolve the whole field from the primary subgraph. Its only role
    // is to make `Action` a partial union across the supergraph: a buggy planner
    // sees that `Response`/`Alpha` are shareable here and wrongly assumes `Beta`
    // and `Gamma` can be fetched via entity resolution, stripping their fragments.
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])

        type Response @shareable {
          actions: [Action!]!
          message: String
        }

        union Action = Alpha

        type Alpha @shareable {
          id: ID!
          value: String
        }
      `,
      resolvers: {},
    },
  ],
  cases: [
    {
      query: /* GraphQL */ `
        {
          getResponse {
            message
            actions {
              __typename
              ... on Alpha {
                id
                value
              }
              ... on Beta {
                id
                name
                details
              }
              ... on Gamma {
                id
                label
              }
            }
          }
        }
      `,
      data: {
        getResponse: {
          message: 'Hello, Federation!',
          actions: [
            { __typename: 'Alpha', id: 'alpha-1', value: 'alpha value' },
            { __typename: 'Beta', id: 'beta-1', name: 'beta name', details: 'beta details' },
            { __typename: 'Gamma', id: 'gamma-1', label: 'gamma label' },
          ],
        },
      },
    },
    {
      query: '{ getResponse { actions { __typename ... on Beta { name } ... on Gamma { label } } } }',
      data: {
        getResponse: {
          actions: [
            { __typename: 'Alpha' },
            { __typename: 'Beta', name: 'beta name' },
            { __typename: 'Gamma', label: 'gamma label' },
          ],
        },
      },
    },
  ],
}
