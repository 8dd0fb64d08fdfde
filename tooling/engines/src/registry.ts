import type { Engine, EngineName } from './engine.ts'
import { browser } from './browser.ts'
import { kafka } from './kafka.ts'
import { mongo } from './mongo.ts'
import { postgres } from './postgres.ts'
import { redisCluster } from './redis-cluster.ts'
import { s3 } from './s3.ts'

/** Every engine by its name. */
export const engines = { postgres, redis: redisCluster, kafka, mongo, s3, browser }

export type AnyEngine = Engine<string | string[]>

export function engineByName(name: EngineName): AnyEngine {
  return engines[name] as AnyEngine
}
