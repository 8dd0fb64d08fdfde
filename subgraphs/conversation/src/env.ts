import { parseEnv } from '@parley/platform/env/parse-env'
import { kafkaEnv, postgresEnv, redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import type { z } from 'zod'

export const conversationEnv = serviceEnv.extend({
  ...tokenEnv.shape,
  ...kafkaEnv.shape,
  ...redisEnv.shape,
  ...postgresEnv.shape,
})

export type ConversationEnv = z.infer<typeof conversationEnv>

export const readEnv = (): ConversationEnv => parseEnv(conversationEnv)
