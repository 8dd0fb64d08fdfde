import { NotificationResolver } from './notification.resolver'

/** What the schema of this subgraph is made of; the SDL is printed from these lists. */
export const resolvers = [NotificationResolver]
export const orphanedTypes = []
export const directives = ['@key', '@listSize', '@shareable']
