import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { ConversationMutationsResolver } from './conversation-mutations.resolver'
import { ConversationResolver } from './conversation.resolver'

/** What the schema of this subgraph is made of; the SDL is printed from these lists. */
export const resolvers = [ConversationResolver, ConversationMutationsResolver]
export const orphanedTypes = userErrorTypes
export const directives = ['@key', '@listSize', '@shareable']
