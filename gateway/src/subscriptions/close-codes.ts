/**
 * Why the gateway closes a socket. A graphql-ws client comes back by itself after 1012, 1013 and 4403, so a client resumes its
 * streams from their cursors; it does not after 1003, 1008 and 1009, which a client that works never meets. The one code of the
 * protocol that it never retries either, 4401, is left to "signed out for good".
 */
export const closings = {
  /** No good token, or it ran out, or its session was revoked: refresh over HTTP, then reconnect. */
  forbidden: [4403, 'Forbidden'],
  /** This gateway stops: reconnect and resume. */
  restart: [1012, 'Service restart'],
  /** The client reads more slowly than events come: reconnect and resume. */
  slow: [1013, 'Slow consumer'],
  /** Something that admission needs is away. */
  later: [1013, 'Try again later'],
  /** The session has as many sockets as it may. */
  crowded: [1013, 'Too many sockets'],
  /** More messages than a client has reason to send. */
  flood: [1008, 'Too many messages'],
  /** The protocol is text. */
  binary: [1003, 'Text only'],
} as const

export type Closing = keyof typeof closings
