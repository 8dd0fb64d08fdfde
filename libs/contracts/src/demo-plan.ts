/**
 * The demo data of `npm start -- --demo`: every subgraph imports its part of the same two JSON Lines files, so that their
 * stores agree without any event over Kafka.
 */
export interface PlannedPerson {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly createdAt: string
}

export interface PlannedMessage {
  readonly id: string
  readonly clientId: string
  readonly authorId: string
  readonly at: string
  readonly text: string
  /** Of a reply in the thread of an earlier message. */
  readonly reply?: { readonly rootId: string; readonly alsoInConversation?: boolean }
  /** An earlier message of the conversation, which it quotes. */
  readonly replyToId?: string
}

/** What is done to a message after it was sent. */
export type PlannedChange = {
  readonly messageId: string
  readonly actorId: string
  readonly clientId: string
  readonly at: string
} & (
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'react'; readonly emoji: string }
  | { readonly kind: 'pin' }
  | { readonly kind: 'delete' }
)

/** How far a member has read a thread. */
export interface PlannedThreadReading {
  readonly userId: string
  readonly rootId: string
  readonly line: number
}

export interface PlannedConversation {
  readonly id: string
  readonly kind: 'direct' | 'group'
  readonly title: string | null
  /** The client id of the group's creator, from which the group's id is derived. */
  readonly clientId: string
  /** The id of the event that announces the start to the other subgraphs. */
  readonly startedEventId: string
  readonly startedAt: string
  /** The first member started the conversation. */
  readonly memberIds: readonly string[]
  /** In the order of time, after the start. */
  readonly messages: readonly PlannedMessage[]
  readonly changes?: readonly PlannedChange[]
  /** The line up to which each member has read; members without one have read nothing but the start. */
  readonly readLines: Readonly<Record<string, number>>
  readonly threadReadings?: readonly PlannedThreadReading[]
}
