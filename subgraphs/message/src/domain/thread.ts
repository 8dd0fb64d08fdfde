import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import type { Message, MessageState } from './message'

/** What the root of a thread tells of it. */
export interface ThreadSummary {
  /** Counts the lines of the thread: all replies, those that were deleted among them. */
  readonly lines: number
  /** The replies that were not deleted. */
  readonly replyCount: number
  /** When the last reply was sent. */
  readonly lastReplyAt: Date
  /** Who has replied, each once: who replied last comes last. */
  readonly participantIds: readonly UserId[]
  /** Whom replies have mentioned, each once; absent for nobody. */
  readonly mentionedIds?: readonly UserId[]
}

/** The state of a root after a reply. */
export function repliedTo(
  { version: _before, ...root }: Message,
  authorId: UserId,
  at: Date,
  mentioned: readonly UserId[] = [],
): MessageState {
  const { lines, replyCount, participantIds } = root.thread ?? noReplies
  const others = participantIds.filter((id) => id !== authorId)
  const mentionedIds = [...new Set([...(root.thread?.mentionedIds ?? []), ...mentioned])]
  const thread: ThreadSummary = {
    lines: lines + 1,
    replyCount: replyCount + 1,
    lastReplyAt: at,
    // Beyond the limit the one who has been silent the longest is forgotten.
    participantIds: [...others, authorId].slice(-limits.threadParticipants),
    ...(mentionedIds.length === 0 ? {} : { mentionedIds: mentionedIds.slice(-limits.threadParticipants) }),
  }
  return { ...root, thread }
}

/** The state of a root after the deletion of a reply: its line stays, and it is not counted any more. */
export function lessOneReply({ version: _before, ...root }: Message): MessageState {
  const { thread } = root
  return thread === null ? root : { ...root, thread: { ...thread, replyCount: thread.replyCount - 1 } }
}

const noReplies = { lines: 0, replyCount: 0, participantIds: [] }

/** Whom a thread concerns: the author of its root, those who replied, and whom they mentioned. Empty without replies. */
export const followersOf = ({ authorId, thread }: Message): readonly UserId[] =>
  thread === null ? [] : [...new Set([authorId, ...thread.participantIds, ...(thread.mentionedIds ?? [])])]
