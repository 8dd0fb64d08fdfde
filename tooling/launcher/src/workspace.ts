import { join } from 'node:path'

/** The root of the checkout. */
export const root = join(import.meta.dirname, '..', '..', '..')

/** Every service with its own database, in no particular order: each starts without the others. */
export const subgraphs = ['user', 'conversation', 'message', 'notification'] as const
export type Subgraph = (typeof subgraphs)[number]
export type ServiceName = Subgraph | 'gateway' | 'web'

export const folderOf = (service: ServiceName): string =>
  service === 'gateway' || service === 'web' ? join(root, service) : join(root, 'subgraphs', service)

/** The file to run; it must be built before. */
export const entryOf = (service: ServiceName): string =>
  service === 'web' ? join(root, 'web/.next/standalone/web/server.js') : join(folderOf(service), 'dist/main.js')
