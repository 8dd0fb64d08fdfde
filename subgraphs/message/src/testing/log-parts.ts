import { EventProducer } from '@parley/platform/kafka/event-producer'
import { kafkaClient } from '@parley/platform/kafka/kafka-client'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import type { Channels } from '@parley/platform/redis/channels'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import {
  BookmarksDocument,
  EventDocument,
  HeadDocument,
  InboxDocument,
  MentionsOfUserDocument,
  LeaseDocument,
  MessageDocument,
  ThreadReadDocument,
  ReaderSettingsDocument,
} from '../infrastructure/documents'
import { Lease } from '../infrastructure/lease'
import { MongoConversationHeads } from '../infrastructure/mongo-conversation-heads'
import { MongoBookmarks } from '../infrastructure/mongo-bookmarks'
import { MongoErasure } from '../infrastructure/mongo-erasure'
import { MongoInbox } from '../infrastructure/mongo-inbox'
import { MongoMentionMarks } from '../infrastructure/mongo-mention-marks'
import { MongoMessages } from '../infrastructure/mongo-messages'
import { MongoThreads } from '../infrastructure/mongo-threads'
import { MongoReceiptPrivacy } from '../infrastructure/mongo-receipt-privacy'
import { MongoTimelineLog } from '../infrastructure/mongo-timeline-log'
import { Projections } from '../infrastructure/projections'
import { Publication } from '../infrastructure/publication'
import { TimelineRelay } from '../infrastructure/timeline-relay'
import { UnappliedEvents } from '../infrastructure/unapplied-events'

const noKafka = kafkaClient(['127.0.0.1:1'], 'message-test', 'short')

/** Publishes nothing and succeeds. */
class SilentProducer extends EventProducer {
  override publish(): Promise<void> {
    return Promise.resolve()
  }
}

export const silentProducer = (): EventProducer => new SilentProducer(noKafka)

/** How a process reaches others. Default: Kafka is down, and hints stay within the process. */
interface Neighbours {
  readonly producer?: EventProducer
  readonly channels?: Channels
}

/** The log and its dependencies, as in one process, without the process. */
export function logParts(connection: Connection, neighbours: Neighbours = {}) {
  const { producer = new EventProducer(noKafka), channels = new MemoryChannels() } = neighbours
  const events = modelOn(connection, EventDocument)
  const heads = modelOn(connection, HeadDocument)
  const messages = modelOn(connection, MessageDocument)
  const inboxRows = modelOn(connection, InboxDocument)
  const threadReads = modelOn(connection, ThreadReadDocument)
  const mentionRows = modelOn(connection, MentionsOfUserDocument)
  const projections = new Projections(messages, heads, inboxRows, threadReads, mentionRows)
  const leases = modelOn(connection, LeaseDocument)
  const lease = new Lease(leases)
  const erasure = new MongoErasure(events)
  const unapplied = new UnappliedEvents()
  const relay = new TimelineRelay(events, projections, producer, lease, erasure, unapplied)
  const publication = new Publication(channels, projections, unapplied, relay)
  const log = new MongoTimelineLog(events, heads, publication)
  const bookmarks = new MongoBookmarks(modelOn(connection, BookmarksDocument))
  const inbox = new MongoInbox(inboxRows, unapplied)
  const marks = new MongoMentionMarks(mentionRows, unapplied)
  const threads = new MongoThreads(messages, threadReads, unapplied)
  const receiptPrivacy = new MongoReceiptPrivacy(modelOn(connection, ReaderSettingsDocument))
  const conversationHeads = new MongoConversationHeads(heads, unapplied)
  const projectedMessages = new MongoMessages(messages, projections)
  return {
    leases,
    projections,
    conversationHeads,
    projectedMessages,
    events,
    heads,
    messages,
    bookmarks,
    inbox,
    marks,
    mentionRows,
    inboxRows,
    threads,
    threadReads,
    receiptPrivacy,
    lease,
    erasure,
    relay,
    producer,
    publication,
    log,
  }
}
