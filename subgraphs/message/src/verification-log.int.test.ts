import { newUser } from '@parley/platform/testing/ids'
import { kindsIn, quietConversations, type QuietConversations, type Row } from './testing/quiet-conversations'

describe('a verification of a log that is not whole', () => {
  let quiet: QuietConversations
  const rows = (name: string) => quiet.rows(name)
  const rowOf = (name: string, filter: object) => quiet.rowOf(name, filter)
  const change = (name: string, { _id }: Row, update: object) => rows(name).updateOne({ _id }, update)

  beforeAll(async () => {
    quiet = await quietConversations([33, 34])
  }, 180_000)
  afterAll(() => quiet.drop(), 60_000)

  it('keeps what is left of a message whose event the log has lost, until the event is back', async () => {
    const before = await rows('messages').find().sort({ _id: 1 }).toArray()
    const left = before.find(({ seq, version, threadId = null }) => version === seq && threadId === null)
    if (left === undefined) throw new Error('These people have changed every message')
    const { _id, conversationId, seq } = left
    const lost = await rowOf('timeline_events', { _id })
    const bookmarks = { _id: newUser(), version: 1, list: [{ messageId: _id, conversationId, at: new Date() }] }
    await rows('bookmarks').insertOne(bookmarks)
    await rows('timeline_events').deleteOne({ _id })

    const found = await quiet.drift(true)
    expect(found.join()).toContain(`${String(conversationId)}/${Number(seq)} (lost, its message is still there)`)
    expect(kindsIn(await quiet.drift())).toEqual(['log'])
    expect(await rows('messages').find().sort({ _id: 1 }).toArray()).toEqual(before)
    expect(await rowOf('bookmarks', { _id: bookmarks._id })).toEqual(bookmarks)

    await rows('timeline_events').insertOne(lost)
    await quiet.drift(true)
    expect(await quiet.drift()).toEqual([])
  })

  it.each([
    ['an edit', 'MessageEdited', { editedAt: { $type: 'date' }, deletedAt: null }],
    ['a deletion', 'MessageDeleted', { deletedAt: { $type: 'date' } }],
    ['a reply, with its root', 'MessageSent', { 'thread.replyCount': { $gt: 0 } }],
  ])('keeps what a message has of %s that the log has lost, until the event is back', async (_what, type, is) => {
    const before = await rows('messages').find().sort({ _id: 1 }).toArray()
    const log = await rows('timeline_events').find().sort({ _id: 1 }).toArray()
    const newest = (await rows('messages').find(is).toArray()).flatMap(({ conversationId, version }) => {
      const event = log.find((one) => one['conversationId'] === conversationId && one['seq'] === version)
      return event?.['type'] === type ? [event] : []
    })
    const isLast = ({ conversationId, seq }: Row) =>
      !log.some((one) => one['conversationId'] === conversationId && Number(one['seq']) > Number(seq))
    const lost = newest.find((event) => !isLast(event))
    if (lost === undefined) throw new Error(`These people have made no ${type} that is the last change of its message`)
    await rows('timeline_events').deleteOne({ _id: lost._id })

    const found = await quiet.drift(true)
    expect(found.join()).toContain(`${String(lost['conversationId'])}/${Number(lost['seq'])} (lost, its message`)
    expect(kindsIn(await quiet.drift())).toContain('log')
    expect(await rows('messages').find().sort({ _id: 1 }).toArray()).toEqual(before)

    await rows('timeline_events').insertOne(lost)
    await quiet.drift(true)
    expect(await quiet.drift()).toEqual([])
  })

  it('brings a message on from an event that the log has lost once a later one is there', async () => {
    const row = await rowOf('messages', { editCount: { $gte: 2 }, deletedAt: null })
    const edits = await rows('timeline_events')
      .find({ about: row._id, type: 'MessageEdited' })
      .sort({ seq: 1 })
      .toArray()
    const [lost] = edits as [Row]
    await rows('timeline_events').deleteOne({ _id: lost._id })
    await change('messages', row, { $set: { version: lost['seq'], text: 'Of the lost edit' } })
    await quiet.drift(true)
    expect(await rowOf('messages', { _id: row._id })).toEqual(row)
    await rows('timeline_events').insertOne(lost)
    await quiet.drift(true)
    expect(await quiet.drift()).toEqual([])
  })

  it('finds what is wrong in the log itself, and does not touch it', async () => {
    const lost = await rowOf('timeline_events', { type: 'ReactionAdded' })
    await rows('timeline_events').deleteOne({ _id: lost._id })
    const { conversationId, seq } = lost
    expect(kindsIn(await quiet.drift())).toContain('log')
    const found = await quiet.drift(true)
    expect(found.join()).toContain(`${String(conversationId)}/${Number(seq) + 1} (seq)`)
    await rows('timeline_events').insertOne(lost)
    await quiet.drift(true)
    const kept = await rowOf('timeline_events', { type: 'MessageSent', 'data.deletedAt': { $type: 'date' } })
    await change('timeline_events', kept, { $set: { 'data.text': 'A secret' }, $unset: { 'data.deletedAt': '' } })
    const left = await quiet.drift()
    expect(left.join()).toContain(
      `${String(kept['conversationId'])}/${Number(kept['seq'])} (text of a deleted message)`,
    )
    await rows('timeline_events').replaceOne({ _id: kept._id }, kept)
    expect(await quiet.drift()).toEqual([])
  })
})
