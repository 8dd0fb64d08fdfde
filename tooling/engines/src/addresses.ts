import type { EngineName } from './engine.ts'

/** The addresses of the engines; empty for one that was not started. */
export interface Addresses {
  /** Server URL without a database: postgres://postgres@127.0.0.1:5432 */
  postgresUrl: string
  /** host:port of every node. */
  redisNodes: string[]
  /** host:port of every broker. */
  kafkaBrokers: string[]
  /** Includes directConnection=true. */
  mongoUrl: string
  /** Only on request. */
  s3Endpoint: string
  /** The DevTools address of a headless browser, only on request. */
  browserUrl: string
}

type Keys = Record<EngineName, { key: keyof Addresses; variable: string }>

const keys: Keys = {
  postgres: { key: 'postgresUrl', variable: 'PARLEY_POSTGRES_URL' },
  redis: { key: 'redisNodes', variable: 'PARLEY_REDIS_NODES' },
  kafka: { key: 'kafkaBrokers', variable: 'PARLEY_KAFKA_BROKERS' },
  mongo: { key: 'mongoUrl', variable: 'PARLEY_MONGO_URL' },
  s3: { key: 's3Endpoint', variable: 'PARLEY_S3_ENDPOINT' },
  browser: { key: 'browserUrl', variable: 'PARLEY_BROWSER_URL' },
}

/** The environment variable for the address of an external engine. */
export const variableOf = (name: EngineName): string => keys[name].variable

export function collectAddresses(found: Map<EngineName, string | string[]>): Addresses {
  const none: Addresses = {
    postgresUrl: '',
    redisNodes: [],
    kafkaBrokers: [],
    mongoUrl: '',
    s3Endpoint: '',
    browserUrl: '',
  }
  const entries = [...found].map(([name, address]) => [keys[name].key, address])
  return { ...none, ...Object.fromEntries(entries) } as Addresses
}

/** The addresses as environment variables, which `locate` reads first. */
export function toEnvironment(addresses: Addresses): Record<string, string> {
  const entries = Object.values(keys).map(({ key, variable }) => [variable, String(addresses[key])] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}
