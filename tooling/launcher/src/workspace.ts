import { join } from 'node:path'

/** The root of the checkout. */
export const root = join(import.meta.dirname, '..', '..', '..')

/** Every service with a database of its own, in no particular order: each starts without the others. */
export const subgraphs = ['user', 'conversation', 'message', 'notification'] as const
export type Subgraph = (typeof subgraphs)[number]
export type ServiceName = Subgraph | 'gateway' | 'web'

export const folderOf = (service: ServiceName): string =>
  service === 'gateway' || service === 'web' ? join(root, service) : join(root, 'subgraphs', service)

/** What is run; built before. */
export const entryOf = (service: ServiceName): string =>
  service === 'web' ? join(root, 'web/.next/standalone/web/server.js') : join(folderOf(service), 'dist/main.js')
