import { Logger } from '@nestjs/common'
import { Kafka, type KafkaConfig, logLevel, type LogEntry } from 'kafkajs'

const logger = new Logger('Kafka')

const write: Record<number, (entry: LogEntry) => void> = {
  [logLevel.ERROR]: ({ namespace, log }) => logger.warn({ namespace, error: String(log['error']) }, log.message),
  [logLevel.WARN]: ({ namespace, log }) => logger.warn({ namespace }, log.message),
}

/** kafkajs logs errors that it then retries successfully; for us those are warnings. */
export const kafkaLogs = { logLevel: logLevel.WARN, logCreator: () => (entry: LogEntry) => write[entry.level]?.(entry) }

/** `patience` is how long a call is retried: consumers retry without end, a relay fails soon and retries itself. */
export function kafkaConfig(brokers: readonly string[], clientId: string, patience: 'endless' | 'short'): KafkaConfig {
  return {
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    retry: {
      initialRetryTime: 100,
      // Retries at least this often, so Kafka is used again within this time of its return.
      maxRetryTime: 500,
      retries: patience === 'endless' ? Number.MAX_SAFE_INTEGER : 2,
    },
    ...kafkaLogs,
  }
}

export const kafkaClient = (...args: Parameters<typeof kafkaConfig>): Kafka => new Kafka(kafkaConfig(...args))
