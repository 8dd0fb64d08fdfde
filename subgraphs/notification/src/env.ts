import { parseEnv } from '@parley/platform/env/parse-env'
import { kafkaEnv, mongoEnv, redisEnv, serviceEnv, tokenEnv } from '@parley/platform/env/service-env'
import type { z } from 'zod'

export const notificationEnv = serviceEnv.extend({
  ...tokenEnv.shape,
  ...kafkaEnv.shape,
  ...redisEnv.shape,
  ...mongoEnv.shape,
})

export type NotificationEnv = z.infer<typeof notificationEnv>

export const readEnv = (): NotificationEnv => parseEnv(notificationEnv)
