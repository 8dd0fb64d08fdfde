import type { KafkaContext } from '@nestjs/microservices'
import { ContractViolation } from '@parley/contracts/integration-events'
import { type RequestOf, requests, type RequestTopic } from '@parley/contracts/requests'
import { parseJson } from './event-delivery'

export function parseRequest<T extends RequestTopic>(topic: T, context: KafkaContext): RequestOf<T> {
  const result = requests[topic].request.safeParse(parseJson(context.getMessage().value))
  if (!result.success) throw new ContractViolation(`A request to ${topic} breaks its contract`)
  return result.data as RequestOf<T>
}
