import { type Message } from '../domain/message'
import { followersOf } from '../domain/thread'
import type { MessageDocument } from './documents'

/** What is null stays away, so that the sparse indexes have only what is there: once it is there, it stays. */
export function toRow(message: Message): MessageDocument {
  const { id, line, threadId, threadLine, thread, ...rest } = message
  return {
    _id: id,
    ...rest,
    ...(line === null ? {} : { line }),
    ...(threadId === null || threadLine === null ? {} : { threadId, threadLine }),
    ...(thread === null ? {} : { thread, followers: followersOf(message) }),
    ...(message.pinnedAt === null ? {} : { pinnedIn: message.conversationId }),
  }
}

/** Of a row that is there. Only a pin goes away again. */
export const updateTo = ({ _id: _same, ...row }: MessageDocument) =>
  row.pinnedIn === undefined ? { $set: row, $unset: { pinnedIn: '' as const } } : { $set: row }

/** The projection contains only what its fold wrote, so rows are not validated again. */
export function toMessage({ followers: _derived, pinnedIn: _pinned, ...row }: MessageDocument): Message {
  const { _id, line = null, reactions = [], deletedAt = null, deletedBy = null, ...rest } = row
  const { threadId = null, threadLine = null, thread = null, ...others } = rest
  const { pinnedAt = null, pinnedBy = null, mentions = null, editCount = 0, ...later } = others
  const { replyToId = null, forwardedFromId = null, ...old } = later
  const nullable = { line, deletedAt, deletedBy, threadId, threadLine, thread, pinnedAt, pinnedBy, mentions }
  return { id: _id, ...old, reactions, editCount, ...nullable, replyToId, forwardedFromId } as unknown as Message
}
