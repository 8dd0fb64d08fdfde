import type { Suite } from '../suite'

const common = { __typename: 'Common', label: 'common label' }
const onlyA = { __typename: 'OnlyA', a: 'only a' }
const onlyB = { __typename: 'OnlyB', b: 'only b' }
const container = { id: 'container-1' }
const aActions = [common, onlyA]
const bActions = [common, onlyB]
const sharedActions = [common]

export const partialUnionComplex: Suite = {
  id: 'partial-union-complex',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          rootA: Container
          shared: Container @shareable
        }

        type Container @key(fields: "id") {
          id: ID!
          wrapper: Wrapper @shareable
        }

        type Wrapper @shareable {
          actions: [Action!]! @shareable
        }

        union Action = Common | OnlyA

        type Common @shareable {
          label: String
        }

        type OnlyA {
          a: String
        }
      `,
      resolvers: {
        Query: {
          rootA: () => ({ ...container, actions: aActions }),
          shared: () => ({ ...container, actions: sharedActions }),
        },
        Container: {
          __resolveReference(key: { id: string }) {
            if (key.id !== container.id) return null
            return { ...container, actions: aActions }
          },
          wrapper(parent: { actions?: typeof aActions }) {
            return { actions: parent.actions ?? aActions }
          },
        },
        Action: {
          __resolveType(value: { __typename: string }) {
            return value.__typename
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Query {
          rootB: Container
          shared: Container @shareable
        }

        type Container @key(fields: "id") {
          id: ID!
          wrapper: Wrapper @shareable
          bWrapper: Wrapper
        }

        type Wrapper @shareable {
          actions: [Action!]! @shareable
        }

        union Action = Common | OnlyB

        type Common @shareable {
          label: String
        }

        type OnlyB {
          b: String
        }
      `,
      resolvers: {
        Query: {
          rootB: () => ({ ...container, actions: bActions }),
          shared: () => ({ ...container, actions: sharedActions }),
        },
        Container: {
          __resolveReference(key: { id: string }) {
            if (key.id !== container.id) return null
            return { ...container, actions: bActions }
          },
          wrapper(parent: { actions?: typeof bActions }) {
            return { actions: parent.actions ?? bActions }
          },
          bWrapper() {
            return { actions: bActions }
          },
        },
        Action: {
          __resolveType(value: { __typename: string }) {
            return value.__typename
          },
        },
      },
    },
  ],
  cases: [
    {
      query: /* GraphQL */ `
        {
          rootA {
            wrapper {
              actions {
                __typename
                ... on Common {
                  label
                }
                ... on OnlyA {
                  a
                }
                ... on OnlyB {
                  b
                }
              }
            }
          }
        }
      `,
      data: {
        rootA: {
          wrapper: {
            actions: [
              { __typename: 'Common', label: 'common label' },
              { __typename: 'OnlyA', a: null },
            ],
          },
        },
      },
    },
    {
      query: /* GraphQL */ `
        {
          rootB {
            wrapper {
              actions {
                __typename
                ... on Common {
                  label
                }
                ... on OnlyA {
                  a
                }
                ... on OnlyB {
                  b
                }
              }
            }
          }
        }
      `,
      data: {
        rootB: {
          wrapper: {
            actions: [
              { __typename: 'Common', label: 'common label' },
              { __typename: 'OnlyB', b: null },
            ],
          },
        },
      },
    },
    {
      query: '{ rootA { wrapper { actions { __typename ... on OnlyB { b } } } } }',
      data: { rootA: { wrapper: { actions: [{ __typename: 'Common' }, { __typename: 'OnlyA' }] } } },
    },
    {
      query: /* GraphQL */ `
        {
          shared {
            wrapper {
              actions {
                __typename
                ... on Common {
                  label
                }
                ... on OnlyA {
                  a
                }
                ... on OnlyB {
                  b
                }
              }
            }
          }
        }
      `,
      data: { shared: { wrapper: { actions: [{ __typename: 'Common', label: 'common label' }] } } },
    },
    {
      query: /* GraphQL */ `
        {
          rootA {
            bWrapper {
              actions {
                __typename
                ... on Common {
                  label
                }
                ... on OnlyA {
                  a
                }
                ... on OnlyB {
                  b
                }
              }
            }
          }
        }
      `,
      data: {
        rootA: {
          bWrapper: {
            actions: [
              { __typename: 'Common', label: 'common label' },
              { __typename: 'OnlyB', b: 'only b' },
            ],
          },
        },
      },
    },
  ],
}
