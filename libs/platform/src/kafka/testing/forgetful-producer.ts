import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { EventProducer } from '../event-producer'

/** Publishes and then fails: simulates a relay that dies after the acknowledgement. */
export class ForgetfulProducer extends EventProducer {
  override async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    await super.publish(published)
    throw new Error('Died before it could note that')
  }
}
