import { MembershipDocument } from '@parley/memberships/membership-documents'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { collectionOf, type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { type Upsert, upsertAll } from '@parley/platform/mongo/upsert-all'
import { v7 } from 'uuid'
import { afterOwnLine, afterReading, unread } from '../domain/read-state'
import { EventDocument, InboxDocument, MessageDocument } from './documents'
import { placeKey, toEvent } from './event-documents'
import { fromStored, inboxId } from './inbox-rows'
import { MongoErasure } from './mongo-erasure'

const batch = 1_000
/** The default engine scans for each page of ids. */
const idsAtOnce = 10_000
const dayMs = 86_400_000
const clockSkewMs = 60_000
/** The start of a conversation is its first line, and never unread. */
const startLine = 1

/** The former read position, by seq. */
interface FormerReadPosition {
  readonly _id: string
  readonly seq: number
}

/**
 * Data from before November 2026 had no lines, and every event made one: its seq is its line. Read positions had no own
 * lines, memberships no roles. The projections must be rebuilt afterwards.
 */
export async function upgradeToLines(connection: Connection): Promise<void> {
  await nameMembers(connection)
  const events = modelOn(connection, EventDocument)
  await events.collection.updateMany({ lines: { $exists: false } }, [{ $set: { lines: '$seq', line: '$seq' } }])
  await fillInboxes(connection)
  await connection.collection('read_positions').deleteMany({})
}

/** All become ordinary members; the owner's next event has the real roles. */
async function nameMembers(connection: Connection): Promise<void> {
  const memberships = connection.collection<{ _id: string; memberIds?: string[] }>('memberships')
  for await (const { _id, memberIds = [] } of memberships.find({ members: { $exists: false } })) {
    const members = memberIds.map((userId) => ({ userId, role: 'member' }))
    await memberships.updateOne({ _id }, { $set: { version: 1, members }, $unset: { memberIds: '' } })
  }
}

async function fillInboxes(connection: Connection): Promise<void> {
  const inbox = modelOn(connection, InboxDocument)
  let rows: InboxDocument[] = []
  for await (const { _id: conversationId, members } of modelOn(connection, MembershipDocument).find().lean().cursor()) {
    for (const { userId } of members) rows.push(await inboxOf(connection, userId, conversationId))
    if (rows.length < batch) continue
    await insertMissing(inbox, rows)
    rows = []
  }
  await insertMissing(inbox, rows)
}

async function inboxOf(connection: Connection, userId: string, conversationId: string): Promise<InboxDocument> {
  const _id = inboxId(userId, conversationId)
  const position = await connection.collection<FormerReadPosition>('read_positions').findOne({ _id })
  const read = Math.max(position?.seq ?? 0, startLine)
  const events = modelOn(connection, EventDocument)
  const own = await events.find({ conversationId, actorId: userId, seq: { $gt: read } }, { seq: 1 }).lean()
  const lines = own.map(({ seq }) => seq).sort((one, other) => one - other)
  const { readLine, ownLines } = lines.reduce(afterOwnLine, afterReading(unread, read))
  return { _id, userId, conversationId, readLine, ownLines: [...ownLines], changedAt: new Date(0) }
}

/**
 * Until there were receipts, nobody had marked anything as unread: how far somebody had read is how far they had seen.
 */
export async function noteSeenLines(connection: Connection): Promise<void> {
  const inbox = modelOn(connection, InboxDocument)
  let updates: Upsert<InboxDocument>[] = []
  const write = async () => {
    if (updates.length > 0) await upsertAll(inbox, updates)
    updates = []
  }
  for await (const { _id, readLine } of inbox
    .find({ seenLine: { $exists: false } }, { readLine: 1 })
    .lean()
    .cursor()) {
    const { revision, readLine: seenLine } = fromStored(readLine)
    if (revision === 0) updates.push({ filter: { _id }, update: { $max: { seenLine } } })
    if (updates.length >= batch) await write()
  }
  await write()
}

/**
 * Until November 2026 an event that changes a message could not be found by the message: edits were the only kind. A
 * deletion has to find them.
 */
export async function nameChangedMessages(connection: Connection): Promise<void> {
  const named = [{ $set: { about: '$data.messageId' } }]
  const edits = { type: 'MessageEdited', about: { $exists: false } }
  await modelOn(connection, EventDocument).collection.updateMany(edits, named)
}

/**
 * The same for what processes of the former release have written after that, while processes of this one ran beside them
 * and may have deleted the messages already. To be run when the last of the former has ended; later than a day after
 * `named`, when the others were named, it does nothing.
 */
export async function nameLateEdits(connection: Connection, named: Date): Promise<void> {
  if (Date.now() - named.getTime() > dayMs) return
  const events = modelOn(connection, EventDocument)
  const erasure = new MongoErasure(events)
  // Ids of events begin with their time, so the index on them bounds the search.
  const from = v7({ msecs: named.getTime() - clockSkewMs, random: new Uint8Array(16) })
  const edits = { _id: { $gte: from }, type: 'MessageEdited', about: { $exists: false } }
  for await (const { _id, data } of events.find(edits).lean().cursor()) {
    const about = String(data['messageId'])
    await events.updateOne({ _id }, { $set: { about } })
    const deletion = await events.findOne({ about, type: 'MessageDeleted' }).lean()
    if (deletion !== null) await erasure.erase([toEvent(deletion)])
  }
}

/**
 * Until November 2026 edits were not counted. Each gets its place, and every event that carries the state of its message
 * their count. Idempotent; the rows of messages get the count too.
 */
export async function countEdits(connection: Connection): Promise<void> {
  const messages = collectionOf(modelOn(connection, MessageDocument))
  // In pages: an engine ends a cursor that waits for long, and there may be a lot to write for each message.
  for (let last = ''; ;) {
    const edited = { _id: { $gt: last }, editedAt: { $type: 'date' } } as const
    const found = messages.find(edited, { projection: { _id: 1 } })
    const page = await found.sort({ _id: 1 }).limit(idsAtOnce).toArray()
    for (const { _id } of page) await countEditsOf(connection, _id)
    if (page.length < idsAtOnce) return
    last = page.at(-1)?._id ?? last
  }
}

/** By `about` and by `root` alone, and each event once by its id: one engine scans for a filter that no index has as a whole. */
async function countEditsOf(connection: Connection, messageId: string): Promise<void> {
  const events = collectionOf(modelOn(connection, EventDocument))
  const fields = { projection: { seq: 1, type: 1 } }
  const own = await events.find({ about: messageId }, fields).toArray()
  const ofReplies = await events.find({ root: messageId }, fields).toArray()
  const carriers = [
    ...own.map((event) => ({ ...event, isEdit: event.type === 'MessageEdited', state: 'data.state' })),
    ...ofReplies.map((event) => ({ ...event, isEdit: false, state: 'data.root' })),
  ]
  let count = 0
  const writes = carriers
    .toSorted((one, other) => one.seq - other.seq)
    .flatMap(({ _id, isEdit, state }) => {
      if (isEdit) count += 1
      if (count === 0) return []
      const place = isEdit ? { editPlace: placeKey(messageId, count) } : {}
      return [{ updateOne: { filter: { _id }, update: { $set: { [`${state}.editCount`]: count, ...place } } } }]
    })
  for (let from = 0; from < writes.length; from += batch)
    await events.bulkWrite(writes.slice(from, from + batch), { ordered: false })
  const messages = collectionOf(modelOn(connection, MessageDocument))
  await messages.updateOne({ _id: messageId }, { $set: { editCount: count } })
}
