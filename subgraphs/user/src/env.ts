import { Inject } from '@nestjs/common'
import { parseEnv } from '@parley/platform/env/parse-env'
import { kafkaEnv, postgresEnv, redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import { z } from 'zod'

const perMinute = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const seconds = (fallback: number) => z.coerce.number().int().min(1).max(3_600).default(fallback)

/** The configuration for the rotation of signing keys. */
export const keyEnv = postgresEnv.extend({
  SIGNING_KEY_SECRET: z
    .base64()
    .transform((value) => Buffer.from(value, 'base64'))
    .refine((secret) => secret.length === 32, 'is 32 random bytes in base64: openssl rand -base64 32'),
})

const userEnvSchema = serviceEnv
  .extend({ ...tokenEnv.shape, ...kafkaEnv.shape, ...redisEnv.shape, ...keyEnv.shape })
  .extend({
    COOKIE_SECURE: z.enum(['true', 'false']).transform((value) => value === 'true'),
    ACCESS_TOKEN_SECONDS: seconds(600),
    RATE_LIMIT_LOGIN_PER_MINUTE: perMinute(10),
    RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE: perMinute(60),
    RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE: perMinute(10),
    /** How often a connected device is recorded again. */
    PRESENCE_BEAT_SECONDS: seconds(60),
    /** How long a device counts after its connection ended, so that a reload does not flicker. */
    PRESENCE_GRACE_SECONDS: seconds(30),
  })

export const userEnv = z.preprocess(
  // Over plain HTTP a browser drops a Secure cookie, so development defaults to false; production must set it.
  (source: Record<string, unknown>) => ({
    ...source,
    COOKIE_SECURE: source['COOKIE_SECURE'] ?? String(source['NODE_ENV'] === 'production'),
  }),
  userEnvSchema,
)

export type UserEnv = z.infer<typeof userEnvSchema>

export const readEnv = (): UserEnv => parseEnv(userEnv)

export const USER_ENV = 'parley:user-env'
export const InjectUserEnv = (): ParameterDecorator & PropertyDecorator => Inject(USER_ENV)
