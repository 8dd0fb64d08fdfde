import { index, modelOptions, prop, Severity } from '@typegoose/typegoose'

/** One event of one conversation's log. Written once; only `pending` is removed later, and the text of a deleted message. */
@modelOptions({
  schemaOptions: { collection: 'timeline_events', versionKey: false },
  options: { allowMixed: Severity.ALLOW },
})
@index({ conversationId: 1, seq: 1 }, { unique: true })
@index({ conversationId: 1, actorId: 1, clientId: 1 }, { unique: true })
@index({ conversationId: 1, line: 1 })
@index({ pending: 1 }, { sparse: true })
@index({ about: 1 }, { sparse: true })
@index({ root: 1 }, { sparse: true })
@index({ threadPlace: 1 }, { unique: true, sparse: true })
@index({ editPlace: 1 }, { sparse: true })
export class EventDocument {
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Number }) seq!: number
  /** Counts the lines up to here. Absent in events from before November 2026, when every event made a line. */
  @prop({ type: () => Number }) lines?: number
  /** Which line this event makes; absent when it makes none. */
  @prop({ type: () => Number }) line?: number
  /** How many messages are pinned after it; absent for none. */
  @prop({ type: () => Number }) pins?: number
  @prop({ required: true, type: () => String }) type!: string
  @prop({ required: true, type: () => String }) actorId!: string
  @prop({ required: true, type: () => String }) clientId!: string
  @prop({ required: true, type: () => Date }) at!: Date
  @prop({ required: true, type: () => Object }) data!: Record<string, unknown>
  /** The message that the event changes; absent in the event that sent it, whose id is the message's. */
  @prop({ type: () => String }) about?: string
  /** The root of a thread, when the event carries its state: with a reply, and with the deletion of one. */
  @prop({ type: () => String }) root?: string
  /** The place of a reply in its thread, which no other has: the guard behind `appendIfUnchanged`. */
  @prop({ type: () => String }) threadPlace?: string
  /** The place of an edit among those of its message. */
  @prop({ type: () => String }) editPlace?: string
  /** The request that caused it, passed on to Kafka. */
  @prop({ type: () => String }) requestId?: string
  /** Present until the relay has published the event: the log is its own outbox. Sorts by conversation, then seq. */
  @prop({ type: () => String }) pending?: string
}

/** One emoji on a message, with those who reacted with it in the order of time. */
class ReactionDocument {
  @prop({ required: true, type: () => String }) emoji!: string
  @prop({ required: true, type: () => [String] }) userIds!: readonly string[]
}

class ThreadDocument {
  @prop({ required: true, type: () => Number }) lines!: number
  @prop({ required: true, type: () => Number }) replyCount!: number
  @prop({ required: true, type: () => Date }) lastReplyAt!: Date
  @prop({ required: true, type: () => [String] }) participantIds!: readonly string[]
  @prop({ type: () => [String] }) mentionedIds?: readonly string[]
}

class MentionsDocument {
  @prop({ required: true, type: () => [String] }) userIds!: readonly string[]
  @prop({ required: true, type: () => Boolean }) all!: boolean
  @prop({ required: true, type: () => Boolean }) here!: boolean
  @prop({ required: true, type: () => [String] }) groupIds!: readonly string[]
}

/** Projection: the current state of each message. */
@modelOptions({ schemaOptions: { collection: 'messages', versionKey: false } })
@index({ conversationId: 1, seq: 1 }, { unique: true })
@index({ conversationId: 1, line: 1 })
@index({ threadId: 1, threadLine: 1 }, { sparse: true })
@index({ pinnedIn: 1 }, { sparse: true })
@index({ followers: 1, 'thread.lastReplyAt': -1 }, { sparse: true })
// The default engine scans for a filter on _id and another field, unless an index has both.
@index({ _id: 1, version: 1 })
export class MessageDocument {
  /** The message's id. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Number }) seq!: number
  /** Absent for a reply that is only in its thread. */
  @prop({ type: () => Number }) line?: number
  @prop({ required: true, type: () => Number }) version!: number
  @prop({ required: true, type: () => String }) authorId!: string
  @prop({ required: true, type: () => String }) clientId!: string
  /** Empty when it was deleted. */
  @prop({ type: () => String }) text!: string
  @prop({ required: true, type: () => Date }) sentAt!: Date
  @prop({ type: () => Date }) editedAt?: Date | null
  /** Absent in what was folded before edits were counted. */
  @prop({ type: () => Number }) editCount?: number
  /** Absent in what was folded before there were reactions. */
  @prop({ type: () => [ReactionDocument], _id: false }) reactions?: readonly ReactionDocument[]
  @prop({ type: () => Date }) deletedAt?: Date | null
  @prop({ type: () => String }) deletedBy?: string | null
  /** Both only of a reply in a thread. */
  @prop({ type: () => String }) threadId?: string
  @prop({ type: () => Number }) threadLine?: number
  /** Only of the root of a thread. */
  @prop({ type: () => ThreadDocument, _id: false }) thread?: ThreadDocument
  /** Only of the root of a thread: whom it concerns. Derived from the rest, for its index. */
  @prop({ type: () => [String] }) followers?: readonly string[]
  /** Absent in what was folded before there were pins. */
  @prop({ type: () => Date }) pinnedAt?: Date | null
  @prop({ type: () => String }) pinnedBy?: string | null
  /** Absent in what was folded before there were mentions. */
  @prop({ type: () => MentionsDocument, _id: false }) mentions?: MentionsDocument | null
  /** Both absent in what was folded before there were quotes and forwards. */
  @prop({ type: () => String }) replyToId?: string | null
  @prop({ type: () => String }) forwardedFromId?: string | null
  /** The conversation, while it is pinned. */
  @prop({ type: () => String }) pinnedIn?: string
}

/** The newest message of a conversation. The order of the fields is that of the comparison: `$max` keeps the higher seq. */
export class LastMessage {
  @prop({ required: true, type: () => Number }) seq!: number
  @prop({ required: true, type: () => String }) id!: string
}

/** How many messages are pinned. The order of the fields is that of the comparison: `$max` keeps the higher seq. */
export class PinCount {
  /** Of the event that changed it last. */
  @prop({ required: true, type: () => Number }) seq!: number
  @prop({ required: true, type: () => Number }) count!: number
}

/** Projection: the head of each conversation. */
@modelOptions({ schemaOptions: { collection: 'conversation_heads', versionKey: false } })
export class HeadDocument {
  /** The conversation's id. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => Number }) headSeq!: number
  @prop({ required: true, type: () => Number }) lines!: number
  /** The seq of the last event that changed its details. Absent in what was folded before there was this count. */
  @prop({ type: () => Number }) detailsSeq?: number
  @prop({ type: () => LastMessage, _id: false }) lastMessage?: LastMessage
  /** Absent while nothing was ever pinned. */
  @prop({ type: () => PinCount, _id: false }) pins?: PinCount
  /** The checkpoint: every event up to here is folded into `messages`. Absent until the relay has moved it. */
  @prop({ type: () => Number }) foldedSeq?: number
  /** When this was last folded, by the clock of the writing process. */
  @prop({ required: true, type: () => Date }) changedAt!: Date
}

/** Whether a user wants to be told of a conversation. */
class MuteDocument {
  @prop({ required: true, type: () => Boolean }) isMuted!: boolean
  @prop({ type: () => Date }) until!: Date | null
  @prop({ required: true, type: () => Number }) revision!: number
}

/** A conversation in a user's inbox with its read position. */
@modelOptions({ schemaOptions: { collection: 'inbox', versionKey: false } })
@index({ conversationId: 1, userId: 1 }, { unique: true })
@index({ userId: 1, changedAt: 1 })
// As for messages.
@index({ _id: 1, readLine: 1 })
export class InboxDocument {
  /** `userId:conversationId`. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  /** The position as one number, which also has the revision: inbox-rows.ts. */
  @prop({ required: true, type: () => Number }) readLine!: number
  /** Lines that the user wrote; those up to `readLine` are ignored. */
  @prop({ required: true, type: () => [Number] }) ownLines!: number[]
  /** The lines that there were when the user last marked it as unread; absent if never. */
  @prop({ type: () => Number }) heldLine?: number
  /** The furthest line that the user has seen, which others may be shown; absent for none. */
  @prop({ type: () => Number }) seenLine?: number
  /** The line of their joining, if they joined later: what was before it they have not seen. */
  @prop({ type: () => Number }) sinceLine?: number
  /** Absent for a conversation that was never muted. */
  @prop({ type: () => MuteDocument, _id: false }) mute?: MuteDocument
  /** When the user last read, wrote, joined, left or muted, by the clock of the writing process. */
  @prop({ required: true, type: () => Date }) changedAt!: Date
}

/** A user's read position in a thread. */
@modelOptions({ schemaOptions: { collection: 'thread_reads', versionKey: false } })
@index({ userId: 1, changedAt: 1 })
@index({ conversationId: 1 })
export class ThreadReadDocument {
  /** `userId:rootId`. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => String }) rootId!: string
  @prop({ required: true, type: () => Number }) readLine!: number
  /** Lines of the thread that the user wrote; those up to `readLine` are ignored. */
  @prop({ required: true, type: () => [Number] }) ownLines!: number[]
  /** When the user last read or wrote, by the clock of the writing process. */
  @prop({ required: true, type: () => Date }) changedAt!: Date
}

/** A message that a user has bookmarked. */
class BookmarkDocument {
  @prop({ required: true, type: () => String }) messageId!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Date }) at!: Date
}

/** The bookmarks of a user. One document, so that their number can be limited: a list has ids and no texts. */
@modelOptions({ schemaOptions: { collection: 'bookmarks', versionKey: false } })
// The default engine scans for a filter on _id and another field, unless an index has both.
@index({ _id: 1, version: 1 })
export class BookmarksDocument {
  /** The user's id. */
  @prop({ required: true, type: () => String }) _id!: string
  /** The newest first. */
  @prop({ required: true, type: () => [BookmarkDocument], _id: false }) list!: readonly BookmarkDocument[]
  /** Counts the changes, from 1. */
  @prop({ required: true, type: () => Number }) version!: number
}

/** What a user has decided about their own reading. Absent for those who have left all as it was. */
@modelOptions({ schemaOptions: { collection: 'reader_settings', versionKey: false } })
export class ReaderSettingsDocument {
  /** The user's id. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => Boolean }) hidesReceipts!: boolean
}

/** The lines of a conversation that mention a user. */
@modelOptions({ schemaOptions: { collection: 'mentions', versionKey: false }, options: { allowMixed: Severity.ALLOW } })
@index({ conversationId: 1 })
export class MentionsOfUserDocument {
  /** `userId:conversationId`. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  /** The newest mark of each line (`MentionMarks`). */
  @prop({ required: true, type: () => Object }) lines!: Record<string, number>
}

/** The owner of a job that only one process should do at a time. */
@modelOptions({ schemaOptions: { collection: 'leases', versionKey: false } })
export class LeaseDocument {
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) owner!: string
  @prop({ required: true, type: () => Date }) until!: Date
}

/** (conversationId, userId) has taken its place. */
export const formerIndexes = { inbox: ['userId_1_conversationId_1'] } as const

export const documents = [
  EventDocument,
  MessageDocument,
  HeadDocument,
  InboxDocument,
  MentionsOfUserDocument,
  ThreadReadDocument,
  BookmarksDocument,
  ReaderSettingsDocument,
  LeaseDocument,
]
