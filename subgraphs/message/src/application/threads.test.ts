import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { type Message, messageIdOf, messagesAfter } from '../domain/message'
import { deletionOf, editOf, entry, replyTo } from '../testing/entries'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryThreads } from '../testing/memory-threads'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { RoundTrips } from '../testing/round-trips'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { CurrentMessages } from './current-messages'
import { GetThread, GetThreadHandler } from './get-thread'
import { ListThreads, ListThreadsHandler } from './list-threads'
import { MarkThreadRead, MarkThreadReadHandler } from './mark-thread-read'
import type { ThreadRange } from './page-range'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('a thread', () => {
  const [log, projection, channels] = [new MemoryTimelineLog(), new MemoryProjection(), new MemoryChannels()]
  const messages = new CurrentMessages(projection, log, projection)
  const threads = new MemoryThreads(log)
  const conversationId = newConversation()
  const memberships = {
    isMember: (_conversation: string, userId: string) => Promise.resolve(userId !== otto),
    conversationsOf: (userId: string) => Promise.resolve(userId === otto ? [] : [conversationId]),
  } as unknown as MembershipReplica
  const admission = new Admission(memberships)
  const getter = new GetThreadHandler(admission, messages, threads)
  const marker = new MarkThreadReadHandler(admission, messages, threads, channels)
  const lister = new ListThreadsHandler(memberships, threads, messages)

  const allNow = async () => messagesAfter(await log.readAfter(conversationId, 0, 10_000))
  const sent = async (): Promise<Message> => {
    const event = await log.append(entry({ conversationId, actorId: ann }))
    return (await allNow()).get(messageIdOf(event) as MessageId) as Message
  }
  let clock = Date.now()
  const reply = async (rootId: MessageId, actorId: UserId) =>
    log.append(replyTo((await allNow()).get(rootId) as Message, { actorId, at: new Date((clock += 1)) }))
  const get = (rootId: MessageId, range: ThreadRange = {}, userId = ann, from = conversationId) =>
    getter.execute(new GetThread({ conversationId: from, rootId, userId, range }))
  const mark = (rootId: MessageId, line: number, userId = ann, from = conversationId) =>
    marker.execute(new MarkThreadRead(from, rootId, userId, line))
  const list = async (userId: UserId, first = 10) =>
    (await lister.execute(new ListThreads(userId, first, null))).rows.map(({ rootId, unread }) => [rootId, unread])
  const linesOf = async (...asked: Parameters<typeof get>) => {
    const { replies, hasEarlier, hasLater } = await get(...asked)
    return [replies.map(({ threadLine }) => threadLine), hasEarlier, hasLater]
  }

  it('is read by bounded pages of its lines, wherever the projection is', async () => {
    const root = await sent()
    const other = await sent()
    for (let index = 1; index <= 7; index += 1) {
      await reply(root.id, index % 2 === 0 ? ann : ben)
      if (index % 3 === 0) await reply(other.id, ben)
    }
    const events = await log.readAfter(conversationId, 0, 100)
    const fourth = [...(await allNow()).values()].find((one) => one.threadId === root.id && one.threadLine === 4)?.id
    for (const folded of [0, 4, events.length]) {
      await projection.fold(events.slice(0, folded))
      expect(await linesOf(root.id, { last: 3 })).toEqual([[5, 6, 7], true, false])
      expect(await linesOf(root.id, { before: 3, last: 5 })).toEqual([[1, 2], false, true])
      expect(await linesOf(root.id, { after: 0, first: 2 })).toEqual([[1, 2], false, true])
      expect(await linesOf(root.id, { around: 4, last: 3 })).toEqual([[3, 4, 5], true, true])
      expect(await linesOf(root.id, { aroundMessage: fourth, last: 3 })).toEqual([[3, 4, 5], true, true])
      for (const beyond of [7, 8]) expect(await linesOf(root.id, { after: beyond })).toEqual([[], true, false])
      expect(await get(root.id)).toMatchObject({ headSeq: events.length, root: { thread: { lines: 7 } } })
    }
    expect(await linesOf((await sent()).id)).toEqual([[], false, false])
  })

  it('has what its replies quote, in three round trips at most, wherever the projection is', async () => {
    const quotedByRoot = await sent()
    const began = await log.append(entry({ conversationId, actorId: ann, replyToId: quotedByRoot.id }))
    const id = messageIdOf(began) as MessageId
    const first = await reply(id, ben)
    for (let index = 0; index < 6; index += 1) {
      const root = (await allNow()).get(id) as Message
      const replyToId = (index % 2 === 0 ? messageIdOf(first) : id) as MessageId
      await log.append(replyTo(root, { replyToId, at: new Date((clock += 1)) }))
    }
    const { seq } = await log.append(editOf((await allNow()).get(messageIdOf(first) as MessageId) as Message, 'Edited'))
    for (const folded of [began.seq, seq - 4, seq]) {
      await projection.fold(await log.readAfter(conversationId, 0, folded))
      const trips = new RoundTrips()
      const [far, near] = [trips.to(projection), trips.to(log)]
      const read = new GetThreadHandler(admission, new CurrentMessages(far, near, far), trips.to(threads))
      for (const range of [{}, { last: 3 }, { after: 1, first: 2 }]) {
        trips.waited = 0
        const page = await read.execute(new GetThread({ conversationId, rootId: id, userId: ann, range }))
        expect(trips.waited).toBeLessThanOrEqual(3)
        const now = await allNow()
        const ids = [page.root, ...page.replies].flatMap(({ replyToId }) => replyToId ?? [])
        expect(ids.length).toBeGreaterThan(1)
        for (const one of ids) expect(page.quoted.get(one)).toEqual(now.get(one))
      }
    }
  })

  it('shows what is left when its root or a reply was deleted', async () => {
    const root = await sent()
    const first = await reply(root.id, ben)
    await reply(root.id, ann)
    const now = await allNow()
    await log.append(deletionOf(now.get(messageIdOf(first) as MessageId) as Message, ben, now.get(root.id)))
    await log.append(deletionOf((await allNow()).get(root.id) as Message))
    const page = await get(root.id)
    expect(page.root).toMatchObject({ text: '', deletedBy: ann, thread: { lines: 2, replyCount: 1 } })
    expect(page.replies).toMatchObject([{ text: '', deletedBy: ben }, { text: 'Hello' }])
  })

  it('refuses what is not there, and says nothing of it to those who may not see it', async () => {
    const root = await sent()
    const replied = await reply(root.id, ben)
    for (const range of [
      { last: 0 },
      { last: 101 },
      { before: 0 },
      { before: 1, after: 1 },
      { after: -1 },
      { around: 0 },
      { around: 1, aroundMessage: root.id },
    ])
      await expect(get(root.id, range)).rejects.toMatchObject({ category: 'input' })
    await expect(get(randomUUID() as MessageId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const aroundMessage of [
      root.id,
      randomUUID() as MessageId,
      messageIdOf(await reply((await sent()).id, ben)) as MessageId,
    ])
      await expect(get(root.id, { aroundMessage })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(get(root.id, {}, ann, newConversation())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(get(root.id, {}, otto)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const id = messageIdOf(replied) as MessageId
    await expect(get(id)).rejects.toMatchObject({ code: 'THREAD_IN_THREAD' })
    await expect(mark(id, 0)).rejects.toMatchObject({ code: 'THREAD_IN_THREAD' })
    for (const line of [-1, 0.5, 2]) await expect(mark(root.id, line)).rejects.toMatchObject({ category: 'input' })
    await expect(mark(root.id, 1, otto)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mark(root.id, 1, ann, newConversation())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('has a read position of its own, which only moves forward; own replies are never unread', async () => {
    const root = await sent()
    for (const author of [ben, ben, ann, ben]) await reply(root.id, author)
    expect(await get(root.id)).toMatchObject({ readLine: 0, unread: 3, isFollowed: true })
    const told: unknown[] = []
    await channels.subscribe(liveChannels.inbox, ann, (id) => told.push(id))
    expect(await mark(root.id, 2)).toEqual({ readLine: 3, unread: 1 })
    expect(await mark(root.id, 1)).toEqual({ readLine: 3, unread: 1 })
    expect(told).toEqual([conversationId, conversationId])
    expect(await get(root.id, {}, ben)).toMatchObject({ unread: 1 })
    expect(await get(root.id, {}, newUser())).toMatchObject({ unread: 4, isFollowed: false })
  })

  it('is listed for those who wrote its root or replied, by the last reply', async () => {
    const before = await list(ben)
    const [one, other, quiet] = [await sent(), await sent(), await sent()]
    await reply(one.id, ben)
    await reply(other.id, ann)
    expect((await list(ann)).slice(0, 2)).toEqual([
      [other.id, 0],
      [one.id, 1],
    ])
    expect(await list(ben)).toEqual([[one.id, 0], ...before])
    expect((await list(ann)).map(([id]) => id)).not.toContain(quiet.id)
    expect(await list(otto)).toEqual([])
    const first = await lister.execute(new ListThreads(ann, 1, null))
    expect(first).toMatchObject({ hasNextPage: true, rows: [{ rootId: other.id, root: { id: other.id } }] })
    const next = await lister.execute(new ListThreads(ann, 1, first.rows[0] ?? null))
    expect(next.rows).toMatchObject([{ rootId: one.id }])
  })
})
