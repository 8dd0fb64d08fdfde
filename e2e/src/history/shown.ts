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
  readonly deletedAt: string | null
  readonly reactions: readonly { readonly emoji: string; readonly count: number; readonly userIds: readonly string[] }[]
}

export interface EventShown {
  readonly __typename: string
  readonly seq: number
  readonly line: number | null
  readonly actorId: string
  readonly message?: MessageShown
}

/** The events about messages: one more kind is one more name here. */
const kinds = ['MessageSent', 'MessageEdited', 'MessageDeleted', 'ReactionAdded', 'ReactionRemoved']

export const messageFields =
  'id clientId authorId conversationId version line text editedAt deletedAt reactions { emoji count userIds }'

export const eventFields = [
  '__typename seq line actorId actor { id }',
  ...kinds.map((kind) => `... on ${kind} { message { ${messageFields} } }`),
].join(' ')

export const entryOf = ({ __typename: kind, seq, line, actorId, message }: EventShown): Entry => {
  const isSent = kind === 'MessageSent'
  return {
    seq,
    line: lineToRead({ __typename: kind, line }),
    id: message === undefined ? `${kind} at ${seq}` : isSent ? message.id : `${kind} of ${message.id}`,
    actor: actorId,
    clientId: isSent ? (message?.clientId ?? null) : null,
    kind,
    about: message?.id ?? null,
  }
}

export const stateOf = ({ text, editedAt, deletedAt, reactions }: MessageShown): MessageState => ({
  text,
  isEdited: editedAt !== null,
  isDeleted: deletedAt !== null,
  // A count that is not that of the ids must not pass as equal.
  reactions: reactions.map(({ emoji, count, userIds }) => ({
    emoji,
    users: count === userIds.length ? userIds : [...userIds, `and a count of ${count}`],
  })),
})

/** The first words of the texts of a run: found in whatever an answer holds, at any depth. */
export const wordsIn = (answer: unknown): readonly string[] => [
  ...new Set(JSON.stringify(answer ?? null).match(/\bw\d+x\d+\b/g) ?? []),
]
export const wordOf = (person: number, count: number): string => `w${person}x${count}`
