import { integrationEvents, type Topic } from '@parley/contracts/integration-events'
import { parseEnv } from '../env/parse-env'
import { kafkaEnv } from '../env/service-env'
import { replayDeadLetters } from './replay-dead-letters'

const topics = [...new Set<Topic>(Object.values(integrationEvents).map(({ topic }) => topic))]
const [asked] = process.argv.slice(2)
const topic = topics.find((one) => one === asked)

async function main(): Promise<void> {
  if (topic === undefined) {
    process.stderr.write(`Which topic's dead letters? One of: ${topics.join(', ')}\n`)
    process.exitCode = 64
    return
  }
  const replayed = await replayDeadLetters(parseEnv(kafkaEnv), topic)
  process.stdout.write(`${topic}: replayed ${replayed} dead ${replayed === 1 ? 'letter' : 'letters'}\n`)
}

void main()
