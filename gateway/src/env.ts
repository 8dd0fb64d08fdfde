import { redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import { z } from 'zod'
import { trustOf } from './front-door/client-address'
import { limits } from './limits'

const origins = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim().replace(/\/$/, '')))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1))

const subgraphUrls = z
  .string()
  .default('{}')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('is a JSON object of name → url')
      return z.NEVER
    }
  })
  .pipe(z.record(z.string(), z.url()))

const atLeastOne = z.coerce.number().int().min(1)

const commaSeparated = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .transform((list) => list.filter((entry) => entry !== ''))

const proxies = commaSeparated.refine(isListOfProxies, 'is a comma-separated list of addresses and CIDR ranges')

function isListOfProxies(list: readonly string[]): boolean {
  try {
    trustOf(list)
    return true
  } catch {
    return false
  }
}

/** The gateway's configuration. It knows subgraphs only by the supergraph and by these names. */
export const gatewayEnv = serviceEnv
  .extend({
    ...tokenEnv.shape,
    ...redisEnv.shape,
    SUPERGRAPH_PATH: z.string().min(1),
    /**
     * Which operations clients may send: those of TRUSTED_DOCUMENTS_PATH alone, or any. In production only the trusted
     * ones unless it says otherwise.
     */
    DOCUMENTS: z.enum(['trusted', 'all']).optional(),
    /**
     * Persisted query manifests: a comma-separated list of files, and of folders of them. Their operations are planned
     * at start, so clients do not wait for a plan.
     */
    TRUSTED_DOCUMENTS_PATH: commaSeparated,
    /** Override the addresses in the supergraph: {"user":"http://127.0.0.1:4001/graphql"}. */
    SUBGRAPH_URLS: subgraphUrls,
    /** Allowed origins of browsers; a request with another Origin is refused. */
    PUBLIC_ORIGINS: origins,
    WEB_URL: z.url({ protocol: /^https?$/ }),
    /** The only subgraph that receives its cookies and may set cookies. */
    IDENTITY_SUBGRAPH: z.string().min(1).default('user'),
    ACCESS_COOKIE: z.string().min(1).default('parley_access'),
    /** Cookies that the identity subgraph receives: a comma-separated list of names. */
    IDENTITY_COOKIES: z
      .string()
      .default('parley_refresh,parley_device')
      .transform((list) => list.split(',').map((name) => name.trim())),
    /** In production it is off by default, and introspection with it. */
    EXPLORER: z.enum(['offline', 'sandbox', 'off']).optional(),
    /** How many processes serve: a number, or one per core. */
    GATEWAY_WORKERS: z.union([z.literal('auto'), atLeastOne]).default(1),
    /** Set by their supervisor. */
    GATEWAY_WORKER: atLeastOne.optional(),
    /** Reverse proxies in front of this gateway: only their X-Forwarded-For is trusted. */
    TRUSTED_PROXIES: proxies,
    /** See limits.ts for the meaning. Raise these where many users share one address. */
    RATE_LIMIT_OPERATIONS_PER_SECOND: atLeastOne.default(limits.operationsPerSecond),
    RATE_LIMIT_MUTATIONS_PER_SECOND: atLeastOne.default(limits.mutationsPerSecond),
    RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: atLeastOne.default(limits.operationsPerAddressPerSecond),
    RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND: atLeastOne.default(limits.mutationsPerAddressPerSecond),
    RATE_LIMIT_COST_PER_SECOND: atLeastOne.default(limits.costPerSecond),
    RATE_LIMIT_COST_PER_ADDRESS_PER_SECOND: atLeastOne.default(limits.costPerAddressPerSecond),
    RATE_LIMIT_MESSAGES_PER_SOCKET_PER_SECOND: atLeastOne.default(limits.messagesPerSecond),
    SOCKETS_PER_SESSION: atLeastOne.default(limits.socketsPerSession),
    SOCKETS_PER_ADDRESS: atLeastOne.default(limits.socketsPerAddress),
  })
  .transform((env) => ({
    ...env,
    EXPLORER: env.EXPLORER ?? (env.NODE_ENV === 'production' ? ('off' as const) : ('offline' as const)),
    DOCUMENTS: env.DOCUMENTS ?? (env.NODE_ENV === 'production' ? ('trusted' as const) : ('all' as const)),
  }))
  .refine((env) => env.DOCUMENTS === 'all' || env.TRUSTED_DOCUMENTS_PATH.length > 0, {
    path: ['TRUSTED_DOCUMENTS_PATH'],
    message: 'names no manifest, so no operation at all would run; name one, or set DOCUMENTS=all',
  })

export type GatewayEnv = z.infer<typeof gatewayEnv>

export const GATEWAY_ENV = 'parley:gateway-env'
