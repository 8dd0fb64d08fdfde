import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { createCache } from '../graphql/cache'
import { ConversationByIdDocument, ConversationsDocument } from './__generated__/conversations'
import type { InboxEntry, WholeConversation } from './conversation-cache'
import {
  addConversation,
  applyEntry,
  applyReading,
  keepMembers,
  listVariables,
  membersIn,
  removeConversations,
  showList,
  tellsChanges,
  listedConversation,
} from './conversation-cache'

const message = (seq: number, version = seq) => ({
  __typename: 'Message' as const,
  id: `m${seq}`,
  seq,
  version,
  text: `text ${seq}, ${version}`,
  deletedAt: null,
  sentAt: '2026-11-28T12:00:00.000Z',
  authorId: 'u1',
})

const mute = (revision: number, isMuted = false, until: string | null = null) => ({
  __typename: 'Mute' as const,
  isMuted,
  until,
  revision,
})

function conversation(id: string, change: Partial<ConversationPartsFragment> = {}): ConversationPartsFragment {
  const node = {
    __typename: 'Conversation' as const,
    id,
    kind: 'GROUP' as const,
    title: `Title of ${id}`,
    topic: null,
    lastActivityAt: '2026-11-28T12:00:00.000Z',
    peerId: null,
    peer: null,
    memberCount: 0,
    headSeq: 4,
    detailsSeq: 1,
    readLine: 1,
    readRevision: 0,
    unreadCount: 3,
    mentionCount: 0,
    mute: mute(0),
    lastMessage: message(4),
  }
  return { ...node, ...change }
}

const member = (userId: string) => ({ __typename: 'Member' as const, role: 'MEMBER' as const, userId, user: null })

/** With its members, who are not in the list. */
const whole = (
  id: string,
  change: Partial<ConversationPartsFragment> = {},
  ...userIds: string[]
): WholeConversation => ({ ...conversation(id, change), members: userIds.map(member) })

const entry = (headSeq: number, change: Partial<InboxEntry> = {}): InboxEntry => ({
  conversationId: 'c',
  headSeq,
  detailsSeq: 1,
  readLine: 1,
  readRevision: 0,
  unreadCount: headSeq - 1,
  mentionCount: 0,
  mute: mute(0),
  lastMessage: message(headSeq),
  ...change,
})

function listOf(...nodes: ConversationPartsFragment[]) {
  const cache = createCache()
  const edges = (of: ConversationPartsFragment[]) =>
    of.map((node) => ({ __typename: 'ConversationEdge' as const, cursor: node.id, node }))
  const show = (...shown: ConversationPartsFragment[]) => showList(cache, edges(shown), true)
  show(...nodes)
  const read = () =>
    cache
      .readQuery({ query: ConversationsDocument, variables: listVariables })
      ?.conversations?.edges.map(({ node }) => node) ?? []
  return { cache, show, read }
}

describe('conversations in the cache', () => {
  it('merge an entry of the inbox and stay complete', () => {
    const { cache, read } = listOf(conversation('c'))
    applyEntry(cache, entry(6))
    expect(read()).toEqual([
      expect.objectContaining({ title: 'Title of c', headSeq: 6, unreadCount: 5, lastMessage: message(6) }),
    ])
    expect(listedConversation(cache, 'c')?.headSeq).toBe(6)
    expect(listedConversation(cache, 'other')).toBeUndefined()
  })

  it('never go back: an older answer keeps the newer state of the inbox', () => {
    const { cache, show, read } = listOf(conversation('c'))
    applyEntry(cache, entry(6))
    show(conversation('c', { title: 'New title' }))
    expect(read()).toEqual([
      expect.objectContaining({ title: 'New title', headSeq: 6, readLine: 1, unreadCount: 5, lastMessage: message(6) }),
    ])
    applyEntry(cache, entry(6, { readLine: 6, unreadCount: 0 }))
    addConversation(cache, whole('c', { headSeq: 6, readLine: 2, unreadCount: 4 }))
    expect(read()).toEqual([expect.objectContaining({ readLine: 6, unreadCount: 0 })])
  })

  it('go back only with a newer revision of the read position, which answers from before it do not undo', () => {
    const { cache, read, show } = listOf(conversation('c'))
    const state = () =>
      read().map(({ readLine, readRevision, unreadCount }) => [readLine, readRevision, unreadCount])[0]
    applyEntry(cache, entry(9, { readLine: 9, unreadCount: 0 }))
    applyReading(cache, { id: 'c', readLine: 4, readRevision: 1, unreadCount: 5, mentionCount: 0 })
    expect(state()).toEqual([4, 1, 5])
    applyReading(cache, { id: 'c', readLine: 9, readRevision: 0, unreadCount: 0, mentionCount: 0 })
    applyEntry(cache, entry(9, { readLine: 9, unreadCount: 0 }))
    show(conversation('c', { headSeq: 9, readLine: 9, unreadCount: 0 }))
    expect(state()).toEqual([4, 1, 5])
    applyReading(cache, { id: 'c', readLine: 9, readRevision: 1, unreadCount: 0, mentionCount: 0 })
    expect(state()).toEqual([9, 1, 0])
  })

  it('keep the newest state of the newest message', () => {
    const { cache, read } = listOf(conversation('c', { lastMessage: message(4, 9) }))
    applyEntry(cache, entry(10, { lastMessage: message(4) }))
    expect(read()[0]?.lastMessage).toEqual(message(4, 9))
    applyEntry(cache, entry(11, { lastMessage: message(4, 11) }))
    expect(read()[0]?.lastMessage).toEqual(message(4, 11))
  })

  it('keep the mute that was made last, also while it cannot be asked for', () => {
    const { cache, read, show } = listOf(conversation('c'))
    applyEntry(cache, entry(5, { mute: mute(2, true) }))
    expect(read()[0]?.mute).toEqual(mute(2, true))
    show(conversation('c', { mute: mute(1) }))
    applyEntry(cache, entry(6, { mute: mute(1) }))
    show(conversation('c', { mute: null }))
    expect(read()[0]?.mute).toEqual(mute(2, true))
    // Ended by its time, which is no change of it.
    applyEntry(cache, entry(6, { mute: mute(2) }))
    expect(read()[0]?.mute).toEqual(mute(2))
  })

  it('keep the known state while messages are unavailable', () => {
    const { show, read } = listOf(conversation('c'))
    show(conversation('c', { headSeq: null, readLine: null, unreadCount: null, lastMessage: null }))
    expect(read()).toEqual([conversation('c')])
  })

  it('are added and removed', () => {
    const { cache, read } = listOf(conversation('c'), conversation('d'))
    removeConversations(cache, ['d', 'unknown'])
    addConversation(cache, whole('e'))
    addConversation(cache, whole('c', { title: 'Renamed' }))
    expect(read().map(({ title }) => title)).toEqual(['Renamed', 'Title of e'])
  })

  it('are gone as well where one of them was asked for by itself', () => {
    const { cache } = listOf(conversation('c'))
    const byItself = { query: ConversationByIdDocument, variables: { id: 'd' } }
    cache.writeQuery({ ...byItself, data: { conversation: whole('d') } })
    removeConversations(cache, ['d'])
    expect(cache.readQuery(byItself)).toEqual({ conversation: null })
  })

  it('are added with the newer state of the inbox, though they were fetched before it', () => {
    const { cache, read } = listOf(conversation('d'))
    applyEntry(cache, entry(6))
    expect(read().map(({ id }) => id)).toEqual(['d'])
    addConversation(cache, whole('c'))
    expect(read()[0]).toMatchObject({ id: 'c', headSeq: 6, unreadCount: 5, lastMessage: { seq: 6 } })
  })

  it('stay when they were added while the list was loading, and are removed by a list without them otherwise', () => {
    const { cache, show, read } = listOf(conversation('c'), conversation('left'))
    addConversation(cache, whole('new'))
    show(conversation('c'))
    expect(read().map(({ id }) => id)).toEqual(['c', 'new'])
    const empty = createCache()
    addConversation(empty, whole('first'))
    expect(listedConversation(empty, 'first')?.headSeq).toBe(4)
  })

  it('know their members once they were asked for, and which of them are older than the list', () => {
    const { cache } = listOf(conversation('c', { detailsSeq: 1 }), conversation('d', { detailsSeq: 1 }))
    expect(membersIn(cache, 'c')).toBeUndefined()
    keepMembers(cache, whole('c', {}, 'u1', 'u2'))
    expect(membersIn(cache, 'c')?.map(({ userId }) => userId)).toEqual(['u1', 'u2'])
    const edges = ['c', 'd'].map((id) => ({
      __typename: 'ConversationEdge' as const,
      cursor: id,
      node: conversation(id, { detailsSeq: 2 }),
    }))
    expect(showList(cache, edges, true)).toEqual(['c'])
    addConversation(cache, whole('c', { detailsSeq: 2 }, 'u1'))
    expect(membersIn(cache, 'c')).toHaveLength(1)
    expect(showList(cache, edges, true)).toEqual([])
  })

  it('stay the same objects while nothing of them changes, by which the list knows what to render', () => {
    const { cache, read } = listOf(conversation('c'), conversation('d'), conversation('e'))
    const [, before] = read()
    applyEntry(cache, entry(6))
    addConversation(cache, whole('f'))
    removeConversations(cache, ['e'])
    const [, changed, same] = read()
    expect([changed?.id, changed?.headSeq]).toEqual(['c', 6])
    expect(same).toBe(before)
    expect(same?.id).toBe('d')
  })

  it('knows an entry that tells of more than one new message', () => {
    const { cache } = listOf(conversation('c', { headSeq: 4 }))
    const told = (headSeq: number, change: Partial<InboxEntry> = {}) => tellsChanges(cache, entry(headSeq, change))
    expect([told(5), told(4, { readLine: 4 }), told(3)]).toEqual([false, false, false])
    // An event that is no message, or one beside the message.
    expect([told(5, { lastMessage: message(4) }), told(6), told(5, { lastMessage: null })]).toEqual([true, true, true])
  })
})
