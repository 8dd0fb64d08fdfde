import { integrationEvents } from '@parley/contracts/integration-events'
import { parseEnv } from '../env/parse-env'
import { kafkaEnv } from '../env/service-env'
import { replayDeadLetters } from './replay-dead-letters'

const topics = [...new Set<string>(Object.values(integrationEvents).map(({ topic }) => topic))]
const [topic] = process.argv.slice(2)

async function main(): Promise<void> {
  if (topic === undefined || !topics.includes(topic)) {
    process.stderr.write(`Which topic's dead letters? One of: ${topics.join(', ')}\n`)
    process.exitCode = 64
    return
  }
  const { KAFKA_BROKERS } = parseEnv(kafkaEnv)
  const replayed = await replayDeadLetters(KAFKA_BROKERS, topic)
  process.stdout.write(`${topic}: replayed ${replayed} dead ${replayed === 1 ? 'letter' : 'letters'}\n`)
}

void main()
