/** What the gateway accepts from outside, in one place. Each has a typed error or a close code of its own. */
export const limits = {
  /** PAYLOAD_TOO_LARGE, status 413. */
  bodyBytes: 256 * 1024,
  /** Status 408: how long a request may take to arrive, and a new connection to ask for something. */
  requestMs: 7_000,
  /** Compressed files of the web client that are kept; all are forgotten when there are more. */
  compressedFilesBytes: 16 * 1024 * 1024,
  /** A connection on which nothing moves for so long, such as one that does not read its answer, is cut. */
  silenceMs: 60_000,
  /** Close code 4408: how long a WebSocket may take to introduce itself (connection_init). */
  introductionMs: 3_000,
  /**
   * OPERATION_TOO_COMPLEX: what one document may hold, counted in one pass before anything that costs more. Everything that a
   * fragment holds counts each time that it is spread.
   */
  documentBytes: 32 * 1024,
  tokens: 5_000,
  depth: 12,
  aliases: 30,
  fields: 500,
  /** Spreads of fragments and inline fragments. */
  spreads: 200,
  arguments: 500,
  directives: 50,
  variables: 100,
  operations: 10,
  fragments: 100,
  /** Pairs of fields with one response name that validation would compare. */
  comparisons: 2_000,
  /** OPERATION_TOO_COMPLEX: objects that an operation may bring, by the directives of the cost specification. */
  cost: 10_000,
  /** How long a list without `@listSize` is taken to be. */
  assumedListSize: 10,
  /** RATE_LIMITED: documents that nobody has sent before, which are validated and planned in a thread beside the serving loop. */
  newDocuments: {
    perSession: { perSecond: 5, burst: 60 },
    perAddress: { perSecond: 20, burst: 300 },
    /** How many of one session, of one address and of all may wait. */
    waiting: { perSession: 20, perAddress: 60, inAll: 200 },
    /** OPERATION_TOO_COMPLEX: the thread is ended when a document has kept it for longer. */
    planMs: 5_000,
  },
  /** Documents and refusals that are kept; those asked for the longest time ago go first. */
  remembered: { documents: 1_000, documentBytes: 64 * 1024 * 1024, refusals: 10_000, refusalBytes: 8 * 1024 * 1024 },
  /** UNAVAILABLE, or OUTCOME_UNKNOWN for a write that has been sent: one deadline for all calls of an operation to subgraphs. */
  operationMs: 6_000,
  /** UNAVAILABLE: how long a stream waits for a connection to its subgraph, long enough for a restart. */
  streamStartMs: 3_000,
  /** RATE_LIMITED, status 429 over HTTP: of one session, over HTTP and WebSocket together. */
  operationsPerSecond: 50,
  mutationsPerSecond: 25,
  /** The same for callers without a session, who may be many behind one address. */
  operationsPerAddressPerSecond: 200,
  mutationsPerAddressPerSecond: 100,
  /** What may come at once after a pause, in seconds of the rate. */
  burstSeconds: 6,
  /**
   * RATE_LIMITED, before the document is read, over HTTP before the body is: the share of its operations that may be documents
   * that are refused.
   */
  refusedShare: 0.1,
  /** How long an answer with 429 is held, so that who asks again at once waits; and how many are held, the rest being sent at once. */
  held: { ms: 1_000, answers: 500 },
  /** Sessions and addresses whose rates are remembered, each. */
  countedCallers: 20_000,
  /** RATE_LIMITED. */
  subscriptionsPerSocket: 50,
  /** Status 429 at the upgrade. */
  socketsPerAddress: 1_000,
  /** Close code 1013. */
  socketsPerSession: 50,
  /** Close code 1008: messages of the protocol, pings and pongs. */
  messagesPerSecond: 50,
  /** Close code 1009. */
  frameBytes: 64 * 1024,
  /** A socket that lets more than this pile up is closed with 1013 and resumes by its cursor. */
  bufferedBytes: 1024 * 1024,
  /** The same for events of one stream that wait for their cross-subgraph fields. */
  pendingEvents: 1_000,
  /** Plans under execution for events at one time, over all sockets. */
  executions: 256,
} as const
