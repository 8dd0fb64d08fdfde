/**
 * Why the gateway closes a socket. A graphql-ws client reconnects by itself after 1012, 1013 and 4403 and resumes its
 * streams from their cursors; it does not after 1003, 1008 and 1009, which a correct client never meets. 4401, the
 * protocol's only other code that is never retried, is reserved for "signed out".
 */
export const closings = {
  /** No valid token, an expired one, or a revoked session: refresh over HTTP, then reconnect. */
  forbidden: [4403, 'Forbidden'],
  /** This gateway stops: reconnect and resume. */
  restart: [1012, 'Service restart'],
  /** The client reads more slowly than events arrive: reconnect and resume. */
  slow: [1013, 'Slow consumer'],
  /** A dependency of admission is unavailable. */
  later: [1013, 'Try again later'],
  /** The session has reached its limit of sockets. */
  crowded: [1013, 'Too many sockets'],
  /** More messages than a correct client sends. */
  flood: [1008, 'Too many messages'],
  /** The protocol is text only. */
  binary: [1003, 'Text only'],
} as const

export type Closing = keyof typeof closings
