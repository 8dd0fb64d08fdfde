import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { ConversationMutationsResolver } from './conversation-mutations.resolver'
import { ConversationResolver } from './conversation.resolver'

/** The parts of this subgraph's schema; the SDL is printed from these lists. */
export const resolvers = [ConversationResolver, ConversationMutationsResolver]
export const orphanedTypes = userErrorTypes
export const directives = ['@key', '@listSize', '@shareable']
