import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { PresenceResolver } from './presence.resolver'
import { ProfileResolver } from './profile.resolver'
import { SessionResolver } from './session.resolver'
import { UserResolver } from './user.resolver'

/** The parts of this subgraph's schema; the SDL is printed from these lists. */
export const resolvers = [UserResolver, SessionResolver, ProfileResolver, PresenceResolver]
export const orphanedTypes = userErrorTypes
export const directives = ['@key', '@listSize', '@shareable', '@tag']
