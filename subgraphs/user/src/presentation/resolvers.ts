import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { ProfileResolver } from './profile.resolver'
import { SessionResolver } from './session.resolver'
import { UserResolver } from './user.resolver'

/** The parts of this subgraph's schema; the SDL is printed from these lists. */
export const resolvers = [UserResolver, SessionResolver, ProfileResolver]
export const orphanedTypes = userErrorTypes
export const directives = ['@key', '@listSize', '@shareable', '@tag']
