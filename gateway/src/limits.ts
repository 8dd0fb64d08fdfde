/** What the gateway accepts from outside, in one place. Each has a typed error or a close code of its own. */
export const limits = {
  /** PAYLOAD_TOO_LARGE, status 413. */
  bodyBytes: 256 * 1024,
  /** Status 408: how long a request may take to arrive. */
  requestMs: 30_000,
  /** OPERATION_TOO_COMPLEX: nesting, aliases and fields are counted after fragments are unfolded. */
  depth: 12,
  aliases: 30,
  fields: 1_000,
  /** OPERATION_TOO_COMPLEX too: parsing stops there, so a document made of noise costs little. */
  tokens: 5_000,
  /** UNAVAILABLE, or OUTCOME_UNKNOWN for a write that has been sent: one deadline for all calls of an operation to subgraphs. */
  operationMs: 6_000,
  /** RATE_LIMITED. */
  subscriptionsPerSocket: 50,
  /** Close code 1009. */
  frameBytes: 64 * 1024,
  /** A socket that lets more than this pile up is closed with 1013 and resumes by its cursor. */
  bufferedBytes: 1024 * 1024,
  /** The same for events of one stream that wait for their cross-subgraph fields. */
  pendingEvents: 1_000,
  /** Plans under execution for events at one time, over all sockets. */
  executions: 256,
} as const
