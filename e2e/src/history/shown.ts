import type { Entry, MessageState } from '@parley/testing/history'
import { lineToRead } from '../chat.ts'

/** A message with everything that an operation of the run can change. */
export interface MessageShown {
  readonly id: string
  readonly clientId: string
  readonly authorId: string
  readonly conversationId: string
  readonly version: number
  readonly line: number | null
  readonly text: string
  readonly editedAt: string | null
  readonly editCount: number
  readonly deletedAt: string | null
  readonly reactions: readonly { readonly emoji: string; readonly count: number; readonly userIds: readonly string[] }[]
  readonly pinnedById: string | null
  readonly mentions: { readonly userIds: readonly string[]; readonly all: boolean; readonly here: boolean } | null
  readonly threadId: string | null
  readonly threadLine: number | null
  readonly thread: {
    readonly lines: number
    readonly replyCount: number
    readonly participantIds: readonly string[]
  } | null
  readonly replyToId: string | null
  /** As it is now; a message that is quoted comes without the one that it quotes. */
  readonly replyTo?: MessageShown | null
  readonly forwardedFromId: string | null
}

export interface EventShown {
  readonly __typename: string
  readonly seq: number
  readonly line: number | null
  readonly actorId: string
  readonly message?: MessageShown
  /** The message whose thread it has changed. */
  readonly root?: MessageShown | null
  readonly pinnedCount?: number
  readonly memberId?: string
  readonly title?: string
}

const ownFields = [
  'id clientId authorId conversationId version line text editedAt editCount deletedAt reactions { emoji count userIds }',
  'pinnedById mentions { userIds all here } threadId threadLine thread { lines replyCount participantIds }',
  'replyToId forwardedFromId',
].join(' ')

export const messageFields = `${ownFields} replyTo { ${ownFields} }`

const root = `root { ${ownFields} }`

/** The kinds of events that show what their message quotes: with all of them, the document would be refused as too large. */
const quoting: ReadonlySet<string> = new Set(['MessageSent', 'MessageEdited', 'MessageDeleted'])
const fieldsAfter = (kind: string): string => (quoting.has(kind) ? messageFields : ownFields)

/** What the events about messages tell beside them: one more kind is one more row here. */
const fieldsOf: Readonly<Record<string, string>> = {
  MessageSent: root,
  MessageEdited: '',
  MessageDeleted: `${root} pinnedCount`,
  ReactionAdded: '',
  ReactionRemoved: '',
  MessagePinned: 'pinnedCount',
  MessageUnpinned: 'pinnedCount',
}

/** The fields of an event of this kind about a message. */
export const fieldsOfKind = (kind: string): string =>
  `__typename seq line actorId message { ${fieldsAfter(kind)} } ${fieldsOf[kind] ?? ''}`

export const eventFields = [
  '__typename seq line actorId actor { id }',
  ...Object.entries(fieldsOf).map(([kind, beside]) => `... on ${kind} { message { ${fieldsAfter(kind)} } ${beside} }`),
  '... on MemberJoined { memberId } ... on MemberLeft { memberId } ... on TitleChanged { title }',
].join(' ')

export function entryOf(event: EventShown): Entry {
  const { __typename: kind, seq, line, actorId, message, memberId, pinnedCount } = event
  const isSent = kind === 'MessageSent'
  return {
    seq,
    line: lineToRead({ __typename: kind, line }),
    id: message === undefined ? `${kind} at ${seq}` : isSent ? message.id : `${kind} of ${message.id}`,
    actor: actorId,
    clientId: isSent ? (message?.clientId ?? null) : null,
    kind,
    about: message?.id ?? null,
    ...(memberId === undefined ? {} : { member: memberId }),
    ...(pinnedCount === undefined ? {} : { pins: pinnedCount }),
  }
}

export function stateOf(message: MessageShown): MessageState {
  const { text, line, editedAt, editCount, deletedAt, reactions, pinnedById, mentions, forwardedFromId } = message
  const { threadId, threadLine, thread, replyToId, replyTo } = message
  // What is quoted must be what is named. It may be missing beside an error.
  const isQuoteRight = replyTo === undefined || replyTo === null || replyTo.id === replyToId
  return {
    text,
    isEdited: editedAt !== null,
    editCount,
    isDeleted: deletedAt !== null,
    // A count that is not that of the ids must not pass as equal.
    reactions: reactions.map(({ emoji, count, userIds }) => ({
      emoji,
      users: count === userIds.length ? userIds : [...userIds, `and a count of ${count}`],
    })),
    pinnedBy: pinnedById,
    mentions: mentions === null ? null : { users: mentions.userIds, all: mentions.all, here: mentions.here },
    isInList: line !== null,
    reply: threadId === null ? null : { root: threadId, line: threadLine ?? 0 },
    thread:
      thread === null ? null : { lines: thread.lines, replies: thread.replyCount, participants: thread.participantIds },
    replyToId: isQuoteRight ? replyToId : `${replyToId}, shown as ${replyTo.id}`,
    forwardedFromId,
  }
}

/** Whether a quote is named in an answer and not shown. */
export const lacksQuote = (answer: unknown): boolean =>
  /"replyToId":"[^"]*","forwardedFromId":(null|"[^"]*"),"replyTo":null/.test(JSON.stringify(answer ?? null))

/** The first words of the texts of a run: found in whatever an answer holds, at any depth. */
export const wordsIn = (answer: unknown): readonly string[] => [
  ...new Set(JSON.stringify(answer ?? null).match(/\bw\d+x\d+\b/g) ?? []),
]
export const wordOf = (person: number, count: number): string => `w${person}x${count}`
