/**
 * The demo data of `npm start -- --demo=large`: every subgraph imports its part of the same two JSON Lines files, so
 * that their stores agree without any event over Kafka.
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
  /** An earlier message of the conversation, which it quotes. */
  readonly replyToId?: string
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
  /** In order: the first has seq 2, after the start. */
  readonly messages: readonly PlannedMessage[]
  /** The read position of each member; members without one have read nothing. */
  readonly readSeqs: Readonly<Record<string, number>>
}
