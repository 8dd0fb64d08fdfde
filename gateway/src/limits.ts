/** What the gateway accepts from clients, in one place. Each limit has its own error code or close code. */
export const limits = {
  /** PAYLOAD_TOO_LARGE, status 413. */
  bodyBytes: 256 * 1024,
  /** Status 408: how long a request may take to arrive, and a new connection may stay without one. */
  requestMs: 7_000,
  /** Compressed files of the web client that are cached; the cache is emptied when it would grow larger. */
  compressedFilesBytes: 16 * 1024 * 1024,
  /**
   * Connections that the operating system holds until they are accepted, if it allows as many (`somaxconn`). Beyond it, a
   * client tries again only after 1, 3, 7, 15 and 31 seconds: that would be the end of a storm, not the processor.
   */
  backlog: 8_192,
  /** An idle connection, such as one whose client does not read the response, is closed after this time. */
  silenceMs: 60_000,
  /** Close code 4408: how long a WebSocket may take to send `connection_init`. */
  introductionMs: 3_000,
  /**
   * OPERATION_TOO_COMPLEX: what one document may contain, counted in one pass before anything that costs more. The
   * content of a fragment counts each time that it is spread.
   */
  documentBytes: 32 * 1024,
  tokens: 5_000,
  depth: 12,
  aliases: 30,
  fields: 500,
  /** Fragment spreads and inline fragments. */
  spreads: 200,
  arguments: 500,
  directives: 50,
  variables: 100,
  operations: 10,
  fragments: 100,
  /** Pairs of fields with one response name, which validation compares. */
  comparisons: 2_000,
  /**
   * OPERATION_TOO_COMPLEX: objects that an operation may return, by the directives of the cost specification. It bounds
   * what one answer takes of the event loop and of memory. Fifty conversations with all of their members are 10,202.
   */
  cost: 12_000,
  /**
   * RATE_LIMITED: the same, added up over the operations of a session, with a burst of `burstSeconds`. It bounds what
   * one caller takes: the rate of operations alone would allow fifty of the largest in a second.
   */
  costPerSecond: 10_000,
  costPerAddressPerSecond: 40_000,
  /** The assumed length of a list without `@listSize`. */
  assumedListSize: 10,
  /** RATE_LIMITED: new (never seen) documents, which are validated and planned in a process of their own. */
  newDocuments: {
    perSession: { perSecond: 5, burst: 60 },
    perAddress: { perSecond: 20, burst: 300 },
    /** How many may wait of one session, of one address and in all. */
    waiting: { perSession: 20, perAddress: 60, inAll: 200 },
    /** OPERATION_TOO_COMPLEX: the process is ended when one document takes longer. */
    planMs: 5_000,
  },
  /** Cached documents and refusals; the least recently used is evicted first. */
  remembered: { documents: 1_000, documentBytes: 64 * 1024 * 1024, refusals: 10_000, refusalBytes: 8 * 1024 * 1024 },
  /**
   * UNAVAILABLE, or OUTCOME_UNKNOWN for a write that has been sent: one deadline for all subgraph calls of an
   * operation.
   */
  operationMs: 6_000,
  /** UNAVAILABLE: how long a stream waits for a connection to its subgraph, long enough for a restart. */
  streamStartMs: 3_000,
  /** RATE_LIMITED, status 429 over HTTP: per session, over HTTP and WebSocket together. */
  operationsPerSecond: 50,
  mutationsPerSecond: 25,
  /** The same for callers without a session; many may share one address. */
  operationsPerAddressPerSecond: 200,
  mutationsPerAddressPerSecond: 100,
  /** The burst after a pause, in seconds of the rate. */
  burstSeconds: 6,
  /**
   * RATE_LIMITED: the share of a caller's operations that may be refused documents. Beyond it, requests are refused
   * before the document (over HTTP, the body) is read.
   */
  refusedShare: 0.1,
  /**
   * How long a 429 response is delayed, so that a caller that retries at once has to wait; at most `answers` are
   * delayed, the rest are sent at once.
   */
  held: { ms: 1_000, answers: 500 },
  /** Sessions whose rates are kept in memory, and as many addresses. */
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
  /** How often a socket is pinged; one that has not answered by then is closed with 1013. */
  pingEveryMs: 12_000,
  /**
   * Handshakes, admissions and operations that begin in one turn of the event loop, so that others are served while
   * thousands reconnect. How many may wait: beyond it, status 503 at the upgrade and close code 1013.
   */
  beginnings: { perTurn: 8, waiting: 10_000 },
  /** At a stop, sockets are closed in this distance from each other, but all of them within `drainMs`. */
  drainEveryMs: 1,
  drainMs: 2_500,
  /** How long a client may take to answer a close frame. A slow reader has to find it first. */
  goodbyeMs: 2_000,
  goodbyeToSlowMs: 25_000,
  /** A socket with more than this unsent is closed with 1013; its client resumes by its cursor. */
  bufferedBytes: 1024 * 1024,
  /** The same for events of one stream that wait for their cross-subgraph fields. */
  pendingEvents: 1_000,
  /** Concurrent plan executions for events, over all sockets. */
  executions: 256,
  /** After so many bytes of one stream there is a pause: a reader that keeps up never has `bufferedBytes` waiting. */
  pace: { bytes: 64 * 1024, restMs: 2 },
  /** Subscriptions that a subgraph declares as shared: one upstream for all their followers. */
  sharedStreams: {
    /** How long a stream without followers goes on, so that those who return find its last frames. */
    lingerMs: 30_000,
    /** How many streams without followers go on; the oldest ends first. */
    lingering: 1_000,
    /** Events of one stream that are completed at the same time and sent together. */
    framesAtOnce: 64,
    /** Recent frames for those who join or return; `bytes` of one stream are well below `bufferedBytes`. */
    ring: { frames: 256, bytes: 256 * 1024, bytesOfAll: 64 * 1024 * 1024 },
    admission: {
      /** Each follower is admitted again this often, but over all streams at most so many in a second. */
      everyMs: 60_000,
      perSecond: 20,
      /** Admissions that are kept for sessions that have left. */
      remembered: 50_000,
      /** Concurrent questions. */
      atOnce: 64,
    },
  },
} as const
