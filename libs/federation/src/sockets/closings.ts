/** A close code and its reason. */
export type Closing = readonly [code: number, reason: string]

/** Why a socket is closed. The codes from 4400 on are those of graphql-transport-ws. */
export const closings = {
  /** A message that is malformed or that only a server may send. */
  invalid: [4400, 'Invalid message received'],
  /** `subscribe` before the connection was acknowledged. */
  unauthorized: [4401, 'Unauthorized'],
  /** Not admitted, or no longer. */
  forbidden: [4403, 'Forbidden'],
  /** The client does not speak graphql-transport-ws. */
  protocol: [4406, 'Subprotocol not acceptable'],
  /** No `connection_init` in time. */
  silent: [4408, 'Connection initialisation timeout'],
  /** A second `connection_init`. */
  introducedTwice: [4429, 'Too many initialisation requests'],
  /** This server stops: reconnect and resume. */
  restart: [1012, 'Service restart'],
  /** The client reads more slowly than results arrive: reconnect and resume. */
  slow: [1013, 'Slow consumer'],
  /** Too many clients begin at once: reconnect a little later. */
  busy: [1013, 'Try again later'],
  /** More messages than a correct client sends. */
  flood: [1008, 'Too many messages'],
  /** The protocol is text only. */
  binary: [1003, 'Text only'],
} as const satisfies Record<string, Closing>

/** An id that has an operation already (4409). */
export const idInUse = (id: string): Closing => [4409, reasonOf(`Subscriber for ${id} already exists`)]

/** A reason has at most 123 bytes (RFC 6455, 5.5). */
const reasonOf = (reason: string): string => (Buffer.byteLength(reason) <= 123 ? reason : 'Subscriber already exists')
