import { BadgeResolver } from './badge.resolver'

/** What the schema of this subgraph is made of; the SDL is printed from these two lists. */
export const resolvers = [BadgeResolver]
export const orphanedTypes = []
