import { EventProducer } from '@parley/platform/kafka/event-producer'
import { kafkaClient } from '@parley/platform/kafka/kafka-client'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { EventDocument, HeadDocument, InboxDocument, LeaseDocument, MessageDocument } from '../infrastructure/documents'
import { Lease } from '../infrastructure/lease'
import { MongoConversationHeads } from '../infrastructure/mongo-conversation-heads'
import { MongoInbox } from '../infrastructure/mongo-inbox'
import { MongoMessages } from '../infrastructure/mongo-messages'
import { MongoTimelineLog } from '../infrastructure/mongo-timeline-log'
import { Projections } from '../infrastructure/projections'
import { Publication } from '../infrastructure/publication'
import { TimelineRelay } from '../infrastructure/timeline-relay'

/** Pretends to publish to Kafka. */
class SilentProducer extends EventProducer {
  override publish(): Promise<void> {
    return Promise.resolve()
  }
}

/** The log and its dependencies, as in one process, without the process. */
export function logParts(connection: Connection, kafka: 'away' | 'silent' = 'away') {
  const events = modelOn(connection, EventDocument)
  const heads = modelOn(connection, HeadDocument)
  const messages = modelOn(connection, MessageDocument)
  const inboxRows = modelOn(connection, InboxDocument)
  const projections = new Projections(messages, heads, inboxRows)
  const away = kafkaClient(['127.0.0.1:1'], 'message-test', 'short')
  const producer = kafka === 'away' ? new EventProducer(away) : new SilentProducer(away)
  const leases = modelOn(connection, LeaseDocument)
  const lease = new Lease(leases)
  const relay = new TimelineRelay(events, projections, producer, lease)
  const publication = new Publication(new MemoryChannels(), projections, relay)
  const log = new MongoTimelineLog(events, heads, publication)
  const inbox = new MongoInbox(inboxRows)
  const conversationHeads = new MongoConversationHeads(heads)
  const projectedMessages = new MongoMessages(messages, projections)
  return {
    leases,
    projections,
    conversationHeads,
    projectedMessages,
    events,
    heads,
    messages,
    inbox,
    inboxRows,
    lease,
    relay,
    producer,
    publication,
    log,
  }
}
