import { DomainError } from '@parley/kernel/errors'
import { messageId } from '@parley/kernel/ids'
import { pageInfoOf } from '@parley/platform/graphql/page-info'
import type { Page } from '@parley/platform/listing/read-page'
import type { ThreadPage } from '../application/get-thread'
import type { ListedThread, ThreadListPlace } from '../application/list-threads'
import { type Message, sendingOf } from '../domain/message'
import type { ThreadEntry } from '../domain/threads-view'
import { messageView } from './message.types'
import type { ThreadConnectionType, ThreadPageType, ThreadType } from './thread-list.types'
import type { MessageSentType } from './timeline.types'
import { eventView } from './views'

/** Whitelists what leaves this subgraph of threads, field by field. */

export const threadPageView = ({ root, replies, quoted, unread, ...page }: ThreadPage): ThreadPageType => ({
  root: messageView(root, quotedBy(root, quoted)),
  events: replies.map((message) => {
    const reply = quotedBy(message, quoted)
    const event = { ...sendingOf(message), message, ...(reply === undefined ? {} : { quoted: reply }) }
    return eventView(event) as MessageSentType
  }),
  hasEarlier: page.hasEarlier,
  hasLater: page.hasLater,
  headSeq: page.headSeq,
  readLine: page.readLine,
  unreadCount: unread,
  isFollowed: page.isFollowed,
})

const quotedBy = ({ replyToId }: Message, among: ThreadPage['quoted']) =>
  replyToId === null ? undefined : among.get(replyToId)

export const threadView = (entry: ThreadEntry, root?: Message): ThreadType => ({
  rootId: entry.rootId,
  conversationId: entry.conversationId,
  conversation: { id: entry.conversationId },
  lines: entry.lines,
  replyCount: entry.replyCount,
  lastReplyAt: entry.lastReplyAt,
  readLine: entry.readLine,
  unreadCount: entry.unread,
  ...(root === undefined ? {} : { root: messageView(root) }),
})

export function threadConnectionView({ rows, ...pages }: Page<ListedThread>): ThreadConnectionType {
  const edges = rows.map((row) => ({ cursor: threadCursorAt(row), node: threadView(row, row.root) }))
  return { edges, pageInfo: pageInfoOf(edges, pages) }
}

const shape = /^(?<at>\d{1,15})\/(?<rootId>[0-9a-f-]{36})$/

export const threadCursorAt = ({ lastReplyAt, rootId }: ThreadListPlace): string =>
  Buffer.from(`${lastReplyAt.getTime()}/${rootId}`).toString('base64url')

/** Throws `INVALID_INPUT` for anything that `threadCursorAt` does not create from a place. */
export function threadPlaceAt(cursor: string): ThreadListPlace {
  const found = shape.exec(Buffer.from(cursor, 'base64url').toString())
  const { at, rootId } = found?.groups ?? {}
  if (at !== undefined && rootId !== undefined) {
    const place = { lastReplyAt: new Date(Number(at)), rootId: messageId(rootId) }
    if (threadCursorAt(place) === cursor) return place
  }
  throw new DomainError(
    'input',
    'INVALID_INPUT',
    'This is not a cursor of this list. Take one from an edge, or begin without one.',
  )
}
