/**
 * Why the gateway closes a socket. A graphql-ws client comes back by itself after each of these, so a client resumes its
 * streams from their cursors. The one code that it never retries, 4401, is left to "signed out for good".
 */
export const closings = {
  /** No good token, or it ran out, or its session was revoked: refresh over HTTP, then reconnect. */
  forbidden: [4403, 'Forbidden'],
  /** This gateway stops, or a subgraph left streams of this socket: reconnect and resume. */
  restart: [1012, 'Service restart'],
  /** The client reads more slowly than events come: reconnect and resume. */
  slow: [1013, 'Slow consumer'],
  /** Something that admission needs is away. */
  later: [1013, 'Try again later'],
} as const

export type Closing = keyof typeof closings
