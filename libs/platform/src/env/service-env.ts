import { z } from 'zod'

/** The configuration that subgraphs share, one schema per concern; a subgraph's env.ts combines those that it needs. */
export const serviceEnv = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export const tokenEnv = z.object({
  JWKS_URL: z.url(),
  /** The list of revoked sessions; by default next to the JWKS. */
  REVOCATIONS_URL: z.url().optional(),
  JWT_ISSUER: z.string().min(1).default('parley'),
  JWT_AUDIENCE: z.string().min(1).default('parley'),
})

const hostPorts = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .pipe(z.array(z.string().regex(/^[^:]+:\d+$/, 'is a comma-separated list of host:port')).min(1))

export const kafkaEnv = z.object({
  KAFKA_BROKERS: hostPorts,
  /** Put before the name of every topic and consumer group: `staging.` makes `staging.parley.user`. So installations can share a broker. */
  KAFKA_TOPIC_PREFIX: z
    .string()
    .max(100)
    .regex(/^[\w.-]*$/, 'is letters, digits, dots, dashes and underscores')
    .default(''),
})
export const redisEnv = z.object({ REDIS_NODES: hostPorts })
export const postgresEnv = z.object({ POSTGRES_URL: z.url({ protocol: /^postgres(ql)?$/ }) })
export const mongoEnv = z.object({
  MONGO_URL: z.string().regex(/^mongodb(\+srv)?:\/\//),
  MONGO_DATABASE: z.string().min(1),
})

export type ServiceEnv = z.infer<typeof serviceEnv>
export type TokenEnv = z.infer<typeof tokenEnv>
export type KafkaEnv = z.infer<typeof kafkaEnv>

export const TOKEN_ENV = 'parley:token-env'
