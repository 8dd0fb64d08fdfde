import { buildSubgraphSchema } from '@apollo/subgraph'
import type { BuildFederatedSchemaOptions } from '@nestjs/graphql'
import { type DocumentNode, type GraphQLSchema, Kind, visit } from 'graphql'
import { withStreamDirectives } from './stream-directives'

/** Nest cannot describe the root types, to which every subgraph contributes: the text is the same in all of them. */
const descriptions: Readonly<Record<string, string>> = {
  Query: 'All queries. An object that does not exist, or that the viewer may not see, is null with NOT_FOUND.',
  Mutation:
    'All mutations. Errors that a person can correct are in the `errors` of the payload; any other fails the field.',
  Subscription: 'All subscriptions, over a WebSocket.',
}

const withDescribedRoots = (document: DocumentNode): DocumentNode =>
  visit(document, {
    ObjectTypeDefinition(node) {
      const value = descriptions[node.name.value]
      return value === undefined ? undefined : { ...node, description: { kind: Kind.STRING, value, block: true } }
    },
  })

/** The schema of a subgraph as Nest builds it, plus descriptions of the root types and the directives of streams. */
export const describedSubgraphSchema = ({ typeDefs, resolvers }: BuildFederatedSchemaOptions): GraphQLSchema =>
  buildSubgraphSchema([
    { typeDefs: withStreamDirectives(withDescribedRoots(typeDefs)), resolvers: resolvers as Record<string, never> },
  ])
