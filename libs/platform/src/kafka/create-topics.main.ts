import { z } from 'zod'
import { parseEnv } from '../env/parse-env'
import { kafkaEnv } from '../env/service-env'
import { createTopics } from './create-topics'

const env = parseEnv(kafkaEnv.extend({ KAFKA_REPLICATION_FACTOR: z.coerce.number().int().positive().default(1) }))

void createTopics(env, env.KAFKA_REPLICATION_FACTOR)
