import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { MongoMembershipStore } from '@parley/memberships/mongo-membership-store'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { type ObservedCommands, observeCommands } from '@parley/platform/mongo/testing/query-plans'
import { type Exemptions, queryPlansContract, runAll } from '@parley/platform/testing/query-plans'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { messagesAfter } from '../domain/message'
import { maxOwnLines } from '../domain/read-state'
import type { TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry, eventAt, mentionsOf, replyTo } from '../testing/entries'
import { logParts, silentProducer } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { importTimelines } from './import-timelines'
import { rebuildProjections } from './rebuild'
import { Verification } from './verification'

const conversationId = newConversation()
const reader: UserId = newUser()

/** The server in Python scans or sorts for it, the one in Rust and mongod do not. */
const onSomeEngines: Exemptions = {
  'there is one lease in an installation': /^leases /,
  'the threads of one user are found by the index, and sorted': /^messages \{"followers":"string"\} by /,
  'the few rows of a bounded range are found by the index, and sorted':
    /^\w+ \{"(conversationId|threadId)":"string","\w+":\{("\$gte?":"number","\$lte":"number"|"\$in":\["number"\])\}\} by /,
  'a repair changes few rows, if they are as they were compared':
    /^conversation_heads \{"_id":"string","headSeq"|^thread_reads \{"_id":"string","readLine"/,
  'a verification lists conversations in large pages, and looks behind the end of each log':
    /^conversation_heads \{"_id":\{"\$gt"|^timeline_events \{"(seq":"number","conversationId|conversationId":"string","seq)":\{"\$gt":"(string|number)"\}\}/,
}
const exemptions: Exemptions = {
  'a verification lists every list of bookmarks': /^bookmarks \{\}/,
}

const planned: PlannedConversation = {
  id: newConversation(),
  kind: 'direct',
  title: null,
  clientId: randomUUID(),
  startedEventId: randomUUID(),
  startedAt: new Date().toISOString(),
  memberIds: [reader, newUser()],
  messages: [],
  readLines: {},
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  yield planned
}

/** More mentions than are kept: a row is written, and cut. */
const mentioning = (conversationId: ConversationId, userId: UserId): readonly TimelineEvent[] =>
  Array.from({ length: limits.unreadMentions + 1 }, (_, index) =>
    eventAt(index + 1, { conversationId, mentions: mentionsOf([userId]) }),
  )

/** More own lines than are kept, every other one of the conversation: their row is cut. */
const writing = (conversationId: ConversationId, actorId: UserId): readonly TimelineEvent[] =>
  Array.from({ length: maxOwnLines + 1 }, (_, index) => eventAt(2 * index + 2, { conversationId, actorId }))

/** Runs every method that queries MongoDB: a new one that is missing here fails the test below. */
function runs(connection: Connection): Record<string, () => unknown> {
  const parts = logParts(connection, { producer: silentProducer() })
  const memberships = new MongoMembershipStore(modelOn(connection, MembershipDocument))
  const sent: TimelineEvent[] = []
  const twice = entry({ conversationId })
  const thread = { id: randomUUID() as MessageId, conversationId }
  return {
    async 'MongoTimelineLog.append'() {
      for (const one of [entry({ conversationId }), twice, twice]) sent.push(await parts.log.append(one))
    },
    async 'MongoTimelineLog.head'() {
      const long = newConversation()
      await Promise.all(Array.from({ length: 100 }, () => parts.log.append(entry({ conversationId: long }))))
      await parts.publication.onModuleDestroy()
      await parts.heads.deleteOne({ _id: long })
      await logParts(connection).log.head(long)
    },
    'MongoTimelineLog.readAfter': () => parts.log.readAfter(conversationId, 0, 10),
    'MongoTimelineLog.readLines': () => parts.log.readLines(conversationId, 1, 10),
    'MongoTimelineLog.neverUnreadLines': () => parts.log.neverUnreadLines(conversationId, reader, 1, 10),
    'MongoTimelineLog.timesOf': () => parts.log.timesOf(conversationId, [1, 2]),
    async 'MongoTimelineLog.appendIfUnchanged'() {
      const [message] = [...messagesAfter(sent).values()]
      if (message !== undefined)
        sent.push((await parts.log.appendIfUnchanged(editOf(message, 'Better'), 1)) as TimelineEvent)
    },
    'MongoTimelineLog.earlier': () => parts.log.earlier(twice),
    'MongoTimelineLog.sent': () => parts.log.sent([randomUUID() as never]),
    'MongoTimelineLog.edits': () => parts.log.edits(randomUUID() as never, 1, 10),
    'MongoTimelineLog.deletionOf': () => parts.log.deletionOf(randomUUID() as never),
    async 'MongoErasure.erase'() {
      const [root] = [...messagesAfter(sent).values()]
      if (root === undefined) return
      sent.push(await parts.log.append(replyTo(root)))
      const message = messagesAfter(sent).get(root.id) ?? root
      const deletion = await parts.log.append(deletionOf(message))
      sent.push(deletion)
      await parts.erasure.erase([deletion])
    },
    async 'Projections.apply'() {
      await parts.projections.apply(sent)
      await parts.projections.apply(writing(newConversation(), reader))
    },
    'Projections.settle': () => parts.projections.settle(sent),
    'Projections.complete': () => parts.projections.complete(sent),
    'MongoConversationHeads.load': () => parts.conversationHeads.load([conversationId]),
    'MongoMessages.byId': () => parts.projectedMessages.byId([randomUUID() as never]),
    'MongoMessages.inLines': () => parts.projectedMessages.inLines(conversationId, 1, 10),
    'MongoMessages.inThread': () => parts.projectedMessages.inThread(randomUUID() as never, 1, 10),
    'MongoMessages.pinnedIn': () => parts.projectedMessages.pinnedIn(conversationId),
    'Projections.applyMessages': () => parts.projections.applyMessages(sent),
    'MongoMessages.apply': () => parts.projectedMessages.apply(sent),
    'MongoMessages.fold': () => parts.projectedMessages.fold(sent),
    'MongoInbox.markRead': () => parts.inbox.markRead(reader, conversationId, 1),
    'MongoInbox.enter': () => parts.inbox.enter([reader], conversationId, 1),
    'MongoInbox.markUnread': () =>
      parts.inbox.markUnread(reader, conversationId, { revision: 0, line: 1, lines: 1, ownLines: [1] }),
    'MongoInbox.receipts': () => parts.inbox.receipts(conversationId, [reader]),
    'MongoInbox.skipLine': () => parts.inbox.skipLine([reader], conversationId, 1),
    'MongoInbox.readStates': () => parts.inbox.readStates(reader, [conversationId]),
    'MongoInbox.setMute': () => parts.inbox.setMute(reader, conversationId, { isMuted: true, until: null }),
    'MongoInbox.mutedBy': () => parts.inbox.mutedBy(conversationId, [reader], new Date()),
    'MongoInbox.changedSince': () => parts.inbox.changedSince(reader, new Date()),
    'MongoThreads.followed': () => parts.threads.followed(reader, [conversationId]),
    'MongoThreads.readStates': () => parts.threads.readStates(reader, [thread]),
    'MongoThreads.markRead': () => parts.threads.markRead(reader, thread, 1),
    'MongoThreads.readSince': () => parts.threads.readSince(reader, new Date()),
    'MongoBookmarks.of': () => parts.bookmarks.of(reader),
    async 'MongoBookmarks.change'() {
      for (const _ of [1, 2])
        await parts.bookmarks.change(reader, (list) => [
          { messageId: randomUUID() as never, conversationId, at: new Date() },
          ...list,
        ])
    },
    'MongoReceiptPrivacy.hidden': () => parts.receiptPrivacy.hidden([reader]),
    'MongoReceiptPrivacy.setHidden': () => parts.receiptPrivacy.setHidden(reader, true),
    'MongoMentionMarks.of': () => parts.marks.of(reader, [conversationId]),
    'MentionRows.apply': () => parts.projections.apply(mentioning(newConversation(), reader)),
    'Lease.hold': () => parts.lease.hold(),
    'Lease.release': () => parts.lease.release(),
    async 'TimelineRelay.relayEvents'() {
      await parts.publication.onModuleDestroy()
      await parts.relay.relayEvents()
    },
    'TimelineRelay.ring': () => {
      parts.relay.ring()
    },
    'MongoMembershipStore.save': () =>
      memberships.save({ conversationId, version: 1, members: [{ userId: reader, role: 'member' }] }),
    'MongoMembershipStore.load': () => memberships.load(conversationId),
    'MongoMembershipStore.conversationsOf': () => memberships.conversationsOf(reader),
    async 'Verification.verify'() {
      const [of, by] = [{ _id: conversationId }, { _id: `${reader}:${conversationId}` }]
      const beyond = { $set: { readLine: 4_000, ownLines: [5_000] } }
      await parts.heads.updateOne(of, { $set: { lines: 0, foldedSeq: 1 } })
      await parts.inboxRows.updateOne(by, beyond)
      await parts.threadReads.updateOne({ _id: `${reader}:${thread.id}` }, beyond)
      await parts.mentionRows.updateOne(by, { $set: { conversationId, lines: { 1: 3 } } }, { upsert: true })
      for (const { type, data } of sent.slice(0, 1))
        if (type === 'MessageSent')
          await parts.messages.updateOne({ _id: data.messageId }, { $set: { version: 4_000 } })
      await parts.messages.collection.insertOne({ _id: randomUUID(), conversationId, seq: 5_000, version: 1 } as never)
      await new Verification(connection, { isRepairing: true }).verify()
    },
    importTimelines: () => importTimelines(connection, plan()),
    rebuildProjections: () => rebuildProjections(connection),
    // By Verification.verify.
    'LogRanges.conversations': () => undefined,
    'LogRanges.ranges': () => undefined,
    'LogRanges.at': () => undefined,
    'LogRanges.atLines': () => undefined,
    'LogRanges.senders': () => undefined,
    'LogRanges.deletionsOf': () => undefined,
    'LogRanges.isPending': () => undefined,
    'LogRanges.goesOnAfter': () => undefined,
    'VerifyMessages.verify': () => undefined,
    'VerifyMessages.verifyRest': () => undefined,
    'VerifyThreads.verify': () => undefined,
    'VerifyThreads.verifyPositions': () => undefined,
    'VerifyPeople.verify': () => undefined,
    'VerifyHeads.load': () => undefined,
    'VerifyHeads.verify': () => undefined,
    'VerifyHeads.isLeftBehind': () => undefined,
    'VerifyHeads.complete': () => undefined,
    'HeadCount.take': () => undefined,
    'VerifyBookmarks.verify': () => undefined,
    'Verification.rebuild': () => undefined,
    // Parts of rows.
    marksIn: () => undefined,
    noRow: () => undefined,
    // Rows of the projection.
    toRow: () => undefined,
    toMessage: () => undefined,
    // Parts of queries, used by MongoInbox and Projections.
    inboxId: () => undefined,
    toStored: () => undefined,
    fromStored: () => undefined,
    ownLines: () => undefined,
    read: () => undefined,
    stateIn: () => undefined,
    cutsOf: () => undefined,
    threadReadId: () => undefined,
    ownThreadLines: () => undefined,
    // Run in the migration.
    upgradeToLines: () => undefined,
    noteSeenLines: () => undefined,
    nameChangedMessages: () => undefined,
    nameLateEdits: () => undefined,
    countEdits: () => undefined,
  }
}

const memberships = join(__dirname, '../../../../libs/memberships/src')

describe('the queries of the message subgraph', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>
  let observed: ObservedCommands
  let missed: readonly string[]

  beforeAll(async () => {
    mongo = await testMongo()
    observed = await observeCommands(mongo.url, mongo.database, async (connection) => {
      missed = await runAll(runs(connection), [__dirname, memberships], '@parley/platform/mongo')
    })
  }, 180_000)
  afterAll(() => mongo.drop())

  queryPlansContract(
    () => ({ plans: observed.plans, lines: observed.plans.map(({ query }) => query).sort(), missed }),
    exemptions,
    onSomeEngines,
  )

  it('are never retried by the driver: docs/decisions/0011', () => {
    expect(observed.retryable).toEqual([])
  })

  it('are checked: a scan or a sort is reported', async () => {
    const { plans } = await observeCommands(mongo.url, mongo.database, async (connection) => {
      await logParts(connection).events.find({ type: 'MessageSent' }).sort({ at: 1 }).lean()
    })
    expect(plans.flatMap(({ faults }) => faults)).toEqual(expect.arrayContaining(['SORT', 'COLLSCAN']))
  })
})
