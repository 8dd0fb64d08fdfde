/** What each bench has shown to be the limit, by its name: written by hand after a look at profiles. */
export const whatLimits: Readonly<Record<string, string>> = {
  'fan-out':
    'Node writes to each socket by a system call of its own, which bare ws pays too. Of an event to 200 followers the kernel has 45 %, Node around it 19 %, and what is done once for the event 25 %: the message of the subgraph, the fetch of its author, plan and answer. So bare ws is ahead where an event has few followers. In a burst all frames of a socket are one write.',
  latency:
    'The durable write and the hops from the gateway to the subgraph and back, on two cores that the load shares with subgraphs and engines; a message costs the log, its projections, Kafka and the inbox of each member besides.',
  queries:
    'On the real stack the subgraphs and their engines cost more than the gateway: see what is behind it. In the gateway: sockets and HTTP towards client and subgraphs, then the parsing of what subgraphs answer.',
  'idle-streams':
    'The TLS-free socket and its WebSocket in Node, which bare ws pays too; above it the operation, its admission and, in the subgraph, whatever is kept for each stream.',
  storm:
    'The upgrade of each connection and the verification of its token, on one core; then the admission of each stream, which the message subgraph answers.',
  start: 'Loading the modules of Nest, Apollo and the planner, and reading the supergraph.',
  sends:
    'CPU: a send is an HTTP request in two processes, a row with five index entries, a message in its projection, its head and inbox row. Its durable write is shared by all who wait. Over many conversations little else can be: each send asks who is in its conversation, and moves it up in the list of each member, in PostgreSQL, by a transaction of its own.',
  client:
    'Before: every event and every switch rendered the whole list of conversations, some 18 components for each of 500 items, and the list came in 20 pages of 25.',
}
