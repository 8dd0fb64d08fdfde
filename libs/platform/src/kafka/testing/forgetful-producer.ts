import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { DomainError } from '@parley/kernel/errors'
import { EventProducer } from '../event-producer'

/** Publishes and then fails: simulates a relay that dies after the acknowledgement. */
export class ForgetfulProducer extends EventProducer {
  override async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    await super.publish(published)
    throw new DomainError('unknown', 'OUTCOME_UNKNOWN', 'Died before it could note that')
  }
}
