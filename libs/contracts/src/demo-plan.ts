/**
 * What `npm start -- --demo=large` fills an installation with: every subgraph imports its part of the same two files, a JSON
 * value a line, so that no event has to cross Kafka for their stores to agree.
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
}

export interface PlannedConversation {
  readonly id: string
  readonly kind: 'direct' | 'group'
  readonly title: string | null
  /** The client id of a group's creator, which its id is made of. */
  readonly clientId: string
  /** The id of the event by which the other subgraphs hear that it began. */
  readonly startedEventId: string
  readonly startedAt: string
  /** The first one started it. */
  readonly memberIds: readonly string[]
  /** In their order: the first has seq 2, after the start. */
  readonly messages: readonly PlannedMessage[]
  /** How far each member has read; those who are left out have not begun. */
  readonly readSeqs: Readonly<Record<string, number>>
}
