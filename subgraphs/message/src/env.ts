import { parseEnv } from '@parley/platform/env/parse-env'
import { kafkaEnv, mongoEnv, redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import type { z } from 'zod'

export const messageEnv = serviceEnv.extend({
  ...tokenEnv.shape,
  ...kafkaEnv.shape,
  ...redisEnv.shape,
  ...mongoEnv.shape,
})

export type MessageEnv = z.infer<typeof messageEnv>

export const readEnv = (): MessageEnv => parseEnv(messageEnv)
