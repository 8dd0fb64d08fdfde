import { NotificationResolver } from './notification.resolver'

/** The parts of this subgraph's schema; the SDL is printed from these lists. */
export const resolvers = [NotificationResolver]
export const orphanedTypes = []
export const directives = ['@key', '@listSize', '@shareable']
