import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { ProfileResolver } from './profile.resolver'
import { SessionResolver } from './session.resolver'
import { UserResolver } from './user.resolver'

/** What the schema of this subgraph is made of; the SDL is printed from these lists. */
export const resolvers = [UserResolver, SessionResolver, ProfileResolver]
export const orphanedTypes = userErrorTypes
export const directives = ['@key', '@listSize', '@shareable']
