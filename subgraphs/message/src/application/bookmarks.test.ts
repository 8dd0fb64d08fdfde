import { randomUUID } from 'node:crypto'
import type { MessageId, UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { type BookmarkList, placeOf } from '../domain/bookmarks'
import { evolve, type Message } from '../domain/message'
import { deletionOf, editOf, entry } from '../testing/entries'
import { MemoryBookmarks } from '../testing/memory-bookmarks'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { bookmarksChanged, type InboxHint, liveChannels } from './channels'
import { CurrentMessages } from './current-messages'
import { ListBookmarks, ListBookmarksHandler } from './list-bookmarks'
import { AddBookmark, AddBookmarkHandler, RemoveBookmark, RemoveBookmarkHandler } from './set-bookmark'

describe('bookmarks', () => {
  const [log, projection, bookmarks] = [new MemoryTimelineLog(), new MemoryProjection(), new MemoryBookmarks()]
  const messages = new CurrentMessages(projection, log, projection)
  const left = new Set<string>()
  const conversations = [newConversation(), newConversation()] as const
  const admission = new Admission({
    isMember: (id: string) => Promise.resolve(!left.has(id)),
    conversationsOf: () => Promise.resolve(conversations.filter((id) => !left.has(id))),
  } as unknown as MembershipReplica)
  const channels = new MemoryChannels()
  const adding = new AddBookmarkHandler(admission, messages, bookmarks, channels)
  const removing = new RemoveBookmarkHandler(bookmarks, channels)
  const listing = new ListBookmarksHandler(admission, messages, bookmarks)

  let me: UserId
  let clock = 0
  beforeEach(() => {
    me = newUser()
    left.clear()
  })

  const sent = async (conversationId: (typeof conversations)[number] = conversations[0]): Promise<Message> => {
    const message = evolve(null, await log.append(entry({ conversationId })))
    if (message === null) throw new Error('Nothing was sent')
    return message
  }
  const add = (id: MessageId) => adding.execute(new AddBookmark(me, id, new Date(++clock * 1_000)))
  const remove = (id: MessageId) => removing.execute(new RemoveBookmark(me, id))
  const list = (first = 20, after: string | null = null) => listing.execute(new ListBookmarks(me, first, after))
  const ids = async () => (await list()).rows.map(({ messageId }) => messageId)
  /** Resolves with how many hints the other devices got. */
  const hints = async (change: () => Promise<unknown>) => {
    const heard: InboxHint[] = []
    const stop = await channels.subscribe(liveChannels.inbox, me, (hint) => heard.push(hint))
    await change()
    stop()
    return heard
  }

  it('are listed with the newest first, each message as it is now', async () => {
    const [one, two] = [await sent(), await sent(conversations[1])]
    for (const { id } of [two, one]) await add(id)
    await log.append(editOf(two, 'Better'))
    const { rows } = await list()
    expect(rows.map(({ message }) => message.text)).toEqual(['Hello', 'Better'])
    await remove(one.id)
    expect(await ids()).toEqual([two.id])
  })

  it('are told to the other devices, and only when something has changed', async () => {
    const { id } = await sent()
    expect(await hints(() => add(id))).toEqual([bookmarksChanged])
    expect(await hints(() => add(id))).toEqual([])
    expect(await hints(() => remove(id))).toEqual([bookmarksChanged])
    expect(await hints(() => remove(id))).toEqual([])
  })

  it('come in pages, whatever was added or removed in between', async () => {
    const all: MessageId[] = []
    for (const _ of [1, 2, 3, 4, 5]) all.unshift((await sent()).id)
    for (const id of all.toReversed()) await add(id)
    const first = await list(2)
    expect([first.rows.map(({ messageId }) => messageId), first.hasNextPage]).toEqual([all.slice(0, 2), true])
    const last = first.rows[1]
    await add((await sent()).id)
    await remove(all[1] as MessageId)
    const second = await list(10, last === undefined ? null : placeOf(last))
    expect(second.rows.map(({ messageId }) => messageId)).toEqual(all.slice(2))
    expect(second).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    await expect(list(0)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(list(101)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('I7: are shown only in conversations that one is in, and can be removed all the same', async () => {
    const [one, two] = [await sent(), await sent(conversations[1])]
    for (const { id } of [one, two]) await add(id)
    left.add(conversations[1])
    expect(await ids()).toEqual([one.id])
    left.clear()
    expect(await ids()).toEqual([two.id, one.id])
    left.add(conversations[1])
    await remove(two.id)
    left.clear()
    expect(await ids()).toEqual([one.id])
  })

  it('in a full list the oldest of a conversation that one has left gives way, and no other', async () => {
    const full: BookmarkList = Array.from({ length: limits.bookmarks }, (_, index) => ({
      messageId: randomUUID() as MessageId,
      conversationId: conversations[index % 2] ?? conversations[0],
      at: new Date(limits.bookmarks - index),
    }))
    await bookmarks.change(me, () => full)
    const [one, two] = [await sent(), await sent()]
    const isFull = { category: 'state', code: 'TOO_MANY_BOOKMARKS' }
    await expect(add(one.id)).rejects.toMatchObject(isFull)
    left.add(conversations[1])
    await add(one.id)
    const kept = (await bookmarks.of(me)).map(({ messageId }) => messageId)
    expect(kept).toEqual([one.id, ...full.slice(0, -1).map(({ messageId }) => messageId)])
    left.clear()
    await expect(add(two.id)).rejects.toMatchObject(isFull)
  })

  it('are forgotten with their message', async () => {
    const [one, two, three] = [await sent(), await sent(), await sent()]
    for (const { id } of [one, two, three]) await add(id)
    await log.append(deletionOf(two))
    const page = await list(2)
    expect(page.rows.map(({ messageId }) => messageId)).toEqual([three.id, one.id])
    expect(page.hasNextPage).toBe(false)
    expect(await bookmarks.of(me)).toHaveLength(2)
  })

  it('are of messages that one sees and that were not deleted', async () => {
    const [message, hidden] = [await sent(), await sent(conversations[1])]
    const notFound = { category: 'state', code: 'NOT_FOUND' }
    await log.append(deletionOf(message))
    left.add(conversations[1])
    await expect(add(message.id)).rejects.toMatchObject({ category: 'state', code: 'MESSAGE_DELETED' })
    await expect(add(hidden.id)).rejects.toMatchObject(notFound)
    await expect(add(randomUUID() as MessageId)).rejects.toMatchObject(notFound)
    expect(await bookmarks.of(me)).toEqual([])
  })
})
