import { EventPattern, MessagePattern, Transport } from '@nestjs/microservices'
import type { Topic } from '@parley/contracts/integration-events'
import type { RequestTopic } from '@parley/contracts/requests'

/**
 * The method receives every record of the topic; it passes its `@Ctx()` to EventDelivery and names the kinds that it
 * takes.
 */
export const OnTopic = (topic: Topic) => EventPattern<Topic>(topic, Transport.KAFKA)

/** The method answers a request of libs/contracts; its payload is parsed with `parseRequest`. */
export const OnRequest = (topic: RequestTopic) => MessagePattern<string>(topic, Transport.KAFKA)
