import { randomUUID } from 'node:crypto'
import type { PlannedChange, PlannedConversation, PlannedMessage } from '@parley/contracts/demo-plan'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { unreadMentions } from '../domain/mention-marks'
import { unreadLines } from '../domain/read-state'
import { logParts } from '../testing/log-parts'
import { driftedLines } from '../testing/quiet-conversations'
import { testMongo } from '../testing/test-mongo'
import { importTimelines } from './import-timelines'
import { rebuildProjections } from './rebuild'
import { Verification } from './verification'

const [ann, ben] = [newUser(), newUser()]

/** One message at each minute, and a change of one half a minute later. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 8, 0, minute * 60)).toISOString()
const message = (
  minute: number,
  authorId: UserId,
  text: string,
  more: Partial<PlannedMessage> = {},
): PlannedMessage => ({
  id: randomUUID(),
  clientId: randomUUID(),
  authorId,
  at: at(minute),
  text,
  ...more,
})

type Done = PlannedChange extends infer One ? (One extends PlannedChange ? Omit<One, 'clientId' | 'at'> : never) : never
const change = (minute: number, done: Done): PlannedChange => ({
  ...done,
  clientId: randomUUID(),
  at: at(minute + 0.5),
})

describe('a planned log', () => {
  const root = message(1, ann, 'The plan', {})
  const secret = message(2, ben, 'A secret')
  const reply = message(3, ben, 'Only here', { reply: { rootId: root.id } })
  const both = message(4, ben, `<@${ann}> look`, { reply: { rootId: root.id, alsoInConversation: true } })
  const quote = message(5, ann, 'Yes', { replyToId: root.id })
  const last = message(6, ben, 'Good @all')
  const planned: PlannedConversation = {
    id: newConversation(),
    kind: 'group',
    title: 'Planned',
    clientId: randomUUID(),
    startedEventId: randomUUID(),
    startedAt: at(0),
    memberIds: [ann, ben],
    messages: [root, secret, reply, both, quote, last],
    changes: [
      change(1, { kind: 'edit', messageId: root.id, actorId: ann, text: 'A better plan' }),
      change(2, { kind: 'react', messageId: root.id, actorId: ben, emoji: '👍' }),
      change(3, { kind: 'pin', messageId: root.id, actorId: ben }),
      change(4, { kind: 'delete', messageId: secret.id, actorId: ben }),
      change(5, { kind: 'edit', messageId: root.id, actorId: ann, text: 'The best plan' }),
    ],
    readLines: { [ann]: 2, [ben]: 6 },
    threadReadings: [{ userId: ann, rootId: root.id, line: 1 }],
  }
  const conversationId = planned.id as ConversationId
  const rootId = root.id as MessageId
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
    async function* plan(): AsyncGenerator<PlannedConversation> {
      yield planned
    }
    for (const _ of ['once', 'twice']) await importTimelines(mongo.connection, plan())
  })
  afterAll(() => mongo.drop())

  const stored = async () => {
    const { messages, heads } = logParts(mongo.connection)
    const rows = await messages.find({ conversationId }).sort({ seq: 1 }).lean()
    const [head] = await heads.find({ _id: conversationId }, { changedAt: 0 }).lean()
    return { rows, head }
  }

  it('makes what people would have made: edits, reactions, pins, threads, quotes and mentions', async () => {
    const { projectedMessages, log } = logParts(mongo.connection)
    const [now] = await projectedMessages.byId([rootId])
    expect(now).toMatchObject({
      text: 'The best plan',
      editCount: 2,
      reactions: [{ emoji: '👍', userIds: [ben] }],
      pinnedBy: ben,
      thread: { lines: 2, replyCount: 2, participantIds: [ben] },
    })
    expect((await log.edits(rootId, 1, 10)).map(({ actorId }) => actorId)).toEqual([ann, ann])
    const all = await log.readAfter(conversationId, 0, 50)
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    expect(JSON.stringify(all)).not.toContain('A secret')
    expect(all.flatMap(({ data }) => ('replyToId' in data ? (data.replyToId ?? []) : []))).toEqual([rootId])
    expect(await log.head(conversationId)).toMatchObject({ seq: 12, lines: 6, pins: 1 })
  })

  it('I6: counts what each has not read', async () => {
    const { inbox, threads, marks } = logParts(mongo.connection)
    const unread = async (userId: UserId) => {
      const state = (await inbox.readStates(userId, [conversationId])).get(conversationId)
      const mentions = (await marks.of(userId, [conversationId])).get(conversationId) ?? new Map<number, number>()
      return state && [unreadLines(state, 6), unreadMentions(mentions, state.readLine, 6)]
    }
    // Of lines 3 to 6 one is her own; two of the others mention her.
    expect([await unread(ann), await unread(ben)]).toEqual([
      [3, 2],
      [0, 0],
    ])
    const thread = { id: rootId, conversationId }
    const readLine = async (userId: UserId) => (await threads.readStates(userId, [thread])).get(rootId)?.readLine
    expect([await readLine(ann), await readLine(ben)]).toEqual([1, 2])
  })

  it('I6: is what its projections say', async () => {
    const verification = new Verification(mongo.connection, { isRepairing: false })
    await verification.verify()
    expect(driftedLines(verification.report)).toEqual([])
  })

  it('I9: gives the projections that a rebuild gives', async () => {
    const imported = await stored()
    expect(imported.rows).toHaveLength(6)
    await rebuildProjections(mongo.connection)
    expect(await stored()).toEqual(imported)
  })
})
