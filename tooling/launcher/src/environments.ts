import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Addresses } from '@parley/engines/addresses'
import { root } from './workspace.ts'
import type { Subgraph } from './workspace.ts'

export interface Surroundings {
  readonly addresses: Addresses
  readonly jwksUrl: string
  readonly secret: string
  /** Set for every process; overrides everything else. */
  readonly overrides: Record<string, string>
}

/** Created at the first start and kept with the data: keys in the database are encrypted with it. */
export function signingKeySecret(dataDir: string): string {
  const file = join(dataDir, 'signing-key-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}

const postgres = ({ addresses }: Surroundings, database: string) => ({
  POSTGRES_URL: `${addresses.postgresUrl}/${database}`,
})
const mongo = ({ mongoUrl }: { readonly mongoUrl: string }, database: string) => ({
  MONGO_URL: mongoUrl,
  MONGO_DATABASE: database,
})

/** Where the message subgraph keeps its data, for commands that need nothing else. */
export const messageDatabase = (mongoUrl: string) => mongo({ mongoUrl }, 'parley_message')

/** The configuration of each subgraph: only its own database. */
const databases: Record<Subgraph, (from: Surroundings) => Record<string, string>> = {
  user: (from) => ({ ...postgres(from, 'parley_user'), SIGNING_KEY_SECRET: from.secret, COOKIE_SECURE: 'false' }),
  conversation: (from) => postgres(from, 'parley_conversation'),
  message: ({ addresses }) => messageDatabase(addresses.mongoUrl),
  notification: ({ addresses }) => mongo(addresses, 'parley_notification'),
}

const common = ({ addresses, jwksUrl, overrides }: Surroundings): Record<string, string> => ({
  NODE_ENV: 'production',
  LOG_LEVEL: 'info',
  KAFKAJS_NO_PARTITIONER_WARNING: '1',
  JWKS_URL: jwksUrl,
  KAFKA_BROKERS: addresses.kafkaBrokers.join(','),
  REDIS_NODES: addresses.redisNodes.join(','),
  ...overrides,
})

export const subgraphEnvironment = (name: Subgraph, from: Surroundings): Record<string, string> => ({
  ...databases[name](from),
  ...common(from),
})

export interface GatewaySurroundings extends Surroundings {
  readonly subgraphUrls: Record<string, string>
  readonly webUrl: string
  readonly port: number
}

export const gatewayEnvironment = (from: GatewaySurroundings): Record<string, string> => ({
  SUPERGRAPH_PATH: join(root, 'schema', 'supergraph.graphql'),
  TRUSTED_DOCUMENTS_PATH: [
    join(root, 'web', 'trusted-documents.json'),
    join(root, 'schema', 'released', 'documents'),
  ].join(','),
  SUBGRAPH_URLS: JSON.stringify(from.subgraphUrls),
  PUBLIC_ORIGINS: [`http://localhost:${from.port}`, `http://127.0.0.1:${from.port}`].join(','),
  WEB_URL: from.webUrl,
  EXPLORER: 'offline',
  // The explorer, tests and benches send operations that no manifest has.
  DOCUMENTS: 'all',
  ...common(from),
})
