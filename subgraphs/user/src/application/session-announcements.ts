/** Tells the gateways and subgraphs at once that a session is over. A hint: they ask for what was revoked as well. */
export abstract class SessionAnnouncements {
  /** Never rejects. */
  abstract revoked(sessionId: string): Promise<void>
}
