import { buildSubgraphSchema } from '@apollo/subgraph'
import type { BuildFederatedSchemaOptions } from '@nestjs/graphql'
import { type DocumentNode, type GraphQLSchema, Kind, visit } from 'graphql'

/** Nest has no place to describe the root types, which every subgraph has a part of: the words are the same in all of them. */
const descriptions: Readonly<Record<string, string>> = {
  Query:
    'Everything that can be asked. What is asked for by an id and is not there, or not for the viewer to see, is null with NOT_FOUND.',
  Mutation:
    'Everything that can be done. What a person can mend is in the `errors` of the payload; anything else fails the field.',
  Subscription: 'Everything that can be followed, over a WebSocket.',
}

const withDescribedRoots = (document: DocumentNode): DocumentNode =>
  visit(document, {
    ObjectTypeDefinition(node) {
      const value = descriptions[node.name.value]
      return value === undefined ? undefined : { ...node, description: { kind: Kind.STRING, value, block: true } }
    },
  })

/** As Nest builds the schema of a subgraph, and with the root types described. */
export const describedSubgraphSchema = ({ typeDefs, resolvers }: BuildFederatedSchemaOptions): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: withDescribedRoots(typeDefs), resolvers: resolvers as Record<string, never> }])
