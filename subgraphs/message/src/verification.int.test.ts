import { randomUUID } from 'node:crypto'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { DriftKind } from './infrastructure/drift'
import { Verification } from './infrastructure/verification'
import {
  kindsIn,
  quietConversations,
  type QuietConversations,
  type Row,
  stepsEach,
} from './testing/quiet-conversations'

describe('a verification of quiet conversations', () => {
  let quiet: QuietConversations
  const rows = (name: string) => quiet.rows(name)
  const rowOf = (name: string, filter: object) => quiet.rowOf(name, filter)
  const change = (name: string, { _id }: Row, update: object) => rows(name).updateOne({ _id }, update)

  beforeAll(async () => {
    quiet = await quietConversations([31, 32])
  }, 180_000)
  afterAll(() => quiet.drop(), 60_000)

  it('I6, I9: finds no drift after everything that people can do', async () => {
    const verification = new Verification(quiet.connection, { isRepairing: false })
    await verification.verify()
    expect(verification.report.drifted).toBe(0)
    const kinds = new Set((await rows('timeline_events').find().toArray()).map(({ type }) => type))
    const done = 'Sent Edited Deleted Pinned Unpinned'.split(' ').map((name) => `Message${name}`)
    const others = ['ConversationStarted', 'MemberJoined', 'MemberLeft', 'ReactionAdded', 'ReactionRemoved']
    expect(kinds).toEqual(new Set([...done, ...others]))
    for (const line of verification.report.lines())
      if (!line.startsWith('bookmarks')) expect(line).not.toContain(' 0 checked')
  })

  const plain = { deletedAt: null, thread: { $exists: false } }

  interface Planted {
    readonly what: string
    readonly finds: readonly DriftKind[]
    readonly plant: () => Promise<unknown>
  }

  const planted: readonly Planted[] = [
    {
      what: 'a message that is missing',
      finds: ['messages'],
      plant: async () => rows('messages').deleteOne({ _id: (await rowOf('messages', plain))._id }),
    },
    {
      what: 'a message that is older than its last event',
      finds: ['messages'],
      plant: async () => {
        const row = await rowOf('messages', { ...plain, editedAt: { $type: 'date' } })
        await change('messages', row, { $set: { version: row['seq'], text: 'Before', editedAt: null } })
      },
    },
    {
      what: 'a message with a version that no event has',
      finds: ['messages'],
      plant: async () => change('messages', await rowOf('messages', plain), { $set: { version: 1_000_000 } }),
    },
    {
      what: 'the text of a deleted message',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { ...plain, deletedAt: { $type: 'date' } }), {
          $set: { text: 'A secret' },
        }),
    },
    {
      what: 'a message that nobody has sent',
      finds: ['messages'],
      plant: async () => {
        const row = await rowOf('messages', plain)
        await rows('messages').insertOne({ ...row, _id: randomUUID(), seq: 1_000_000 })
        const joined = await rowOf('timeline_events', { type: 'MemberJoined' })
        await rows('messages').insertOne({ ...row, _id: randomUUID(), seq: joined['seq'] })
      },
    },
    {
      what: 'a pin that its list does not have',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { pinnedIn: { $gt: '' } }), { $unset: { pinnedIn: '' } }),
    },
    {
      what: 'a quote of another message',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { replyToId: { $gt: '' } }), { $set: { replyToId: randomUUID() } }),
    },
    {
      what: 'a forward in the name of another',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { forwardedFromId: { $gt: '' } }), {
          $set: { forwardedFromId: newUser() },
        }),
    },
    {
      what: 'a forward that is taken for a message of its sender',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { forwardedFromId: { $gt: '' } }), {
          $unset: { forwardedFromId: '' },
        }),
    },
    {
      what: 'a wrong number of edits',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { editCount: { $gt: 0 } }), { $inc: { editCount: 1 } }),
    },
    {
      what: 'replies that are not counted',
      finds: ['messages', 'threads'],
      plant: async () =>
        change('messages', await rowOf('messages', { 'thread.replyCount': { $gt: 0 } }), {
          $inc: { 'thread.replyCount': -1 },
        }),
    },
    {
      what: 'a person who follows a thread and is not in its list',
      finds: ['messages'],
      plant: async () =>
        change('messages', await rowOf('messages', { 'thread.replyCount': { $gt: 0 } }), { $set: { followers: [] } }),
    },
    {
      what: 'a wrong number of lines',
      finds: ['heads'],
      plant: async () => change('conversation_heads', await rowOf('conversation_heads', {}), { $inc: { lines: 2 } }),
    },
    {
      what: 'a wrong number of pins',
      finds: ['pins'],
      plant: async () =>
        change('conversation_heads', await rowOf('conversation_heads', { 'pins.seq': { $gt: 0 } }), {
          $inc: { 'pins.count': 1 },
        }),
    },
    {
      what: 'an old last message',
      finds: ['heads'],
      plant: async () =>
        change('conversation_heads', await rowOf('conversation_heads', {}), {
          $set: { lastMessage: { seq: 2, id: randomUUID() } },
        }),
    },
    {
      what: 'a head and a checkpoint that the log does not reach',
      finds: ['heads'],
      plant: async () =>
        change('conversation_heads', await rowOf('conversation_heads', {}), {
          $set: { headSeq: 1_000_000, foldedSeq: 1_000_000 },
        }),
    },
    {
      what: 'a checkpoint that nobody moves',
      finds: ['heads'],
      plant: async () =>
        change('conversation_heads', await rowOf('conversation_heads', {}), { $set: { foldedSeq: 5 } }),
    },
    {
      what: 'a head that is missing',
      finds: ['heads'],
      plant: async () => rows('conversation_heads').deleteOne({ _id: (await rowOf('conversation_heads', {}))._id }),
    },
    {
      what: 'a head whose log has no event, no message and no pin',
      finds: ['pins', 'heads'],
      plant: async () => {
        const head = await rowOf('conversation_heads', { 'pins.seq': { $gt: 0 } })
        await rows('conversation_heads').insertOne({ ...head, _id: newConversation() })
      },
    },
    {
      what: 'a row of the inbox that is missing',
      finds: ['unread'],
      plant: async () => rows('inbox').deleteOne({ _id: (await rowOf('inbox', {}))._id }),
    },
    {
      what: 'an own line that counts as unread',
      finds: ['unread'],
      plant: async () =>
        change('inbox', await rowOf('inbox', { 'ownLines.0': { $gt: 0 } }), { $set: { readLine: 0, ownLines: [] } }),
    },
    {
      what: 'a line of another person that counts as read',
      finds: ['unread'],
      plant: async () => {
        const { actorId, conversationId, line } = await rowOf('timeline_events', { line: { $gt: 20 } })
        const row = await rowOf('inbox', { conversationId, userId: { $ne: actorId } })
        await change('inbox', row, { $set: { readLine: (line as number) - 1, ownLines: [line] } })
        await change('inbox', row, { $addToSet: { ownLines: { $each: await linesBy(row, line as number) } } })
      },
    },
    {
      what: 'a read position beyond the head',
      finds: ['unread'],
      plant: async () => change('inbox', await rowOf('inbox', {}), { $set: { readLine: 4_000 } }),
    },
    {
      what: 'a receipt beyond the head',
      finds: ['unread'],
      plant: async () => change('inbox', await rowOf('inbox', {}), { $set: { seenLine: 4_000 } }),
    },
    {
      what: 'a row of mentions that is missing',
      finds: ['mentions'],
      plant: async () => {
        for (const row of await rows('mentions').find().toArray())
          if (hasOdd(row)) return rows('mentions').deleteOne({ _id: row._id })
        throw new Error('These people have mentioned nobody')
      },
    },
    {
      what: 'mentions of a person whom nobody has mentioned',
      finds: ['mentions'],
      plant: async () => {
        const [id] = quiet.ids
        await rows('mentions').insertOne({ _id: `${newUser()}:${id}`, conversationId: id, lines: { 2: 5, 3: 7 } })
      },
    },
    {
      what: 'a mention that an edit or a deletion has removed',
      finds: ['mentions'],
      plant: async () => {
        for (const row of await rows('mentions').find().toArray())
          for (const [line, mark] of Object.entries(row['lines'] as Record<string, number>))
            if (mark % 2 === 0) return change('mentions', row, { $set: { [`lines.${line}`]: mark - 1 } })
        throw new Error('These people have removed no mention')
      },
    },
    {
      what: 'a mention that was taken back by a mark which no event has made',
      finds: ['mentions'],
      plant: async () => {
        for (const row of await rows('mentions').find().toArray())
          for (const [line, mark] of Object.entries(row['lines'] as Record<string, number>))
            if (mark % 2 === 1 && mark < stepsEach)
              return change('mentions', row, { $set: { [`lines.${line}`]: mark + 1 } })
        throw new Error('These people have mentioned nobody')
      },
    },
    {
      what: 'a position beyond the end of a thread',
      finds: ['thread positions'],
      plant: async () => change('thread_reads', await rowOf('thread_reads', {}), { $set: { readLine: 4_000 } }),
    },
    {
      what: 'own replies that count as unread',
      finds: ['thread positions'],
      plant: async () =>
        change('thread_reads', await rowOf('thread_reads', { 'ownLines.0': { $gt: 0 } }), {
          $set: { readLine: 0, ownLines: [] },
        }),
    },
    {
      what: 'a reply of nobody that counts as read',
      finds: ['thread positions'],
      plant: async () => change('thread_reads', await rowOf('thread_reads', {}), { $addToSet: { ownLines: 4_000 } }),
    },
    {
      what: 'a bookmark of a message that does not exist',
      finds: ['bookmarks'],
      plant: async () => {
        const list = [{ messageId: randomUUID(), conversationId: quiet.ids[0], at: new Date() }]
        await rows('bookmarks').insertOne({ _id: newUser(), version: 1, list })
      },
    },
  ]

  const hasOdd = (row: Row): boolean =>
    Object.values(row['lines'] as Record<string, number>).some((mark) => mark % 2 === 1)

  async function linesBy(row: Row, after: number): Promise<readonly number[]> {
    const own = { conversationId: row['conversationId'], actorId: row['userId'], line: { $gt: after } }
    return (await rows('timeline_events').find(own).toArray()).map(({ line }) => line as number)
  }

  it.each(planted)('finds and repairs $what', async ({ finds, plant }) => {
    const before = await rows('messages').find().sort({ _id: 1 }).toArray()
    const log = await rows('timeline_events').find().sort({ _id: 1 }).toArray()
    await plant()
    const found = await quiet.drift()
    expect(kindsIn(found)).toEqual(finds)
    expect(JSON.stringify(found)).not.toMatch(/secret|Before|Hello/)
    // What follows from a message is right again once the message is.
    expect(kindsIn(await quiet.drift(true))).toContain(finds[0])
    expect(await quiet.drift()).toEqual([])
    expect(await rows('messages').find().sort({ _id: 1 }).toArray()).toEqual(before)
    expect(await rows('timeline_events').find().sort({ _id: 1 }).toArray()).toEqual(log)
  })
})
