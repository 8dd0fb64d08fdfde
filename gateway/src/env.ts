import { redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import { z } from 'zod'

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

/** What the gateway is told from outside. It knows subgraphs only by the supergraph and by these names. */
export const gatewayEnv = serviceEnv.extend({
  ...tokenEnv.shape,
  ...redisEnv.shape,
  SUPERGRAPH_PATH: z.string().min(1),
  /** Addresses that win over those in the supergraph: {"user":"http://127.0.0.1:4001/graphql"}. */
  SUBGRAPH_URLS: subgraphUrls,
  /** Where browsers may come from; a request with another Origin is refused. */
  PUBLIC_ORIGINS: origins,
  WEB_URL: z.url({ protocol: /^https?$/ }),
  /** The one subgraph that sees its cookies and may set cookies. */
  IDENTITY_SUBGRAPH: z.string().min(1).default('user'),
  ACCESS_COOKIE: z.string().min(1).default('parley_access'),
  /** Cookies that the identity subgraph sees: a comma-separated list of names. */
  IDENTITY_COOKIES: z
    .string()
    .default('parley_refresh,parley_device')
    .transform((list) => list.split(',').map((name) => name.trim())),
  EXPLORER: z.enum(['offline', 'sandbox', 'off']).default('offline'),
})

export type GatewayEnv = z.infer<typeof gatewayEnv>

/** Injection token of the parsed environment. */
export const GATEWAY_ENV = 'parley:gateway-env'
