import { BadgeResolver } from './badge.resolver'

/** What the schema of this subgraph is made of; the SDL is printed from these lists. */
export const resolvers = [BadgeResolver]
export const orphanedTypes = []
export const directives = ['@key']
