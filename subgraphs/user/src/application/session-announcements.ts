/** Tells the gateways at once that a session is over, so that they close its sockets. A hint: tokens run out by themselves. */
export abstract class SessionAnnouncements {
  /** Never rejects. */
  abstract revoked(sessionId: string): Promise<void>
}
