import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import {
  EventDocument,
  HeadDocument,
  InboxDocument,
  MessageDocument,
  MentionsOfUserDocument,
  ThreadReadDocument,
} from './documents'
import { toEvent } from './event-documents'
import { foldedAtOnce, Projections } from './projections'
import type { TimelineEvent } from '../domain/timeline-event'

/** Clears the projections and folds the log from its beginning; resolves with the number of events. */
export async function rebuildProjections(connection: Connection): Promise<number> {
  const events = modelOn(connection, EventDocument)
  const projections = new Projections(
    modelOn(connection, MessageDocument),
    modelOn(connection, HeadDocument),
    modelOn(connection, InboxDocument),
    modelOn(connection, ThreadReadDocument),
    modelOn(connection, MentionsOfUserDocument),
  )
  await projections.clear()
  let folded = 0
  let waiting: TimelineEvent[] = []
  for await (const row of events
    .find()
    .sort({ conversationId: 1, seq: 1 })
    .lean()
    .cursor({ batchSize: foldedAtOnce })) {
    waiting.push(toEvent(row))
    if (waiting.length < foldedAtOnce) continue
    await projections.fold(waiting)
    folded += waiting.length
    waiting = []
  }
  await projections.fold(waiting)
  return folded + waiting.length
}
