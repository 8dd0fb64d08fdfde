import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import { buildSchema } from 'graphql'
import { serve } from '../processes/child.ts'
import { federationParts } from './answers.ts'
import { SubgraphServer } from './subgraph-server.ts'
import type { OpenStream } from './subgraph-server.ts'

/**
 * Our four subgraphs by their real schemas, with invented answers: for figures of the gateway alone. The message
 * subgraph emits events when told; the user subgraph knows every author.
 */
const entities = {
  user: ['User'],
  conversation: ['Conversation'],
  message: ['Conversation', 'Message'],
  notification: [],
}

const authors = 50
const serverOf = (name: keyof typeof entities): SubgraphServer => {
  const sdl = readFileSync(join(root, 'schema', `${name}.graphql`), 'utf8')
  const schema = buildSchema(`${sdl}\n${entities[name].length === 0 ? '' : federationParts(entities[name])}`, {
    assumeValidSDL: true,
    assumeValid: true,
  })
  return new SubgraphServer(schema, () => ({
    _entities: ({ representations }: { representations: readonly object[] }) => representations.map(personOf),
  }))
}

const personOf = (representation: object): object =>
  'id' in representation && '__typename' in representation && representation.__typename === 'User'
    ? {
        ...representation,
        username: `user_${String(representation.id)}`,
        displayName: `Person ${String(representation.id)}`,
      }
    : representation

const message = serverOf('message')
let head = 0

const userId = (place: number) => `0198a0e0-0000-7000-8000-${String(place % authors).padStart(12, '0')}`

const eventOf = (seq: number): object => ({
  __typename: 'MessageSent',
  conversationId: conversation,
  seq,
  line: seq,
  at: '2026-01-01T00:00:00.000Z',
  actorId: userId(seq),
  actor: { __typename: 'User', id: userId(seq) },
  message: {
    id: `0198a0e1-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    conversationId: conversation,
    seq,
    line: seq,
    version: seq,
    clientId: `0198a0e2-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    authorId: userId(seq),
    author: { __typename: 'User', id: userId(seq) },
    text: `Message ${seq}: as long as people write when they have something to say.`,
    sentAt: '2026-01-01T00:00:00.000Z',
    editedAt: null,
  },
})
const conversation = '0198a0e3-0000-7000-8000-000000000001'

/** A stream's first frame: a heartbeat, after which it is live. */
message.onStream = (stream) => {
  stream.send(frameFor(stream, []))
}

const frameFor = ({ asked }: OpenStream, events: readonly object[]): string =>
  message.answer(asked, { timeline: { events, seq: head, headSeq: head, endsFor: [] } })

function emit(events: number): void {
  for (let event = 0; event < events; event += 1) {
    head += 1
    const frames = new Map<string, string>()
    for (const stream of message.streams) {
      const known = frames.get(stream.asked.query)
      const frame = known ?? frameFor(stream, [eventOf(head)])
      if (known === undefined) frames.set(stream.asked.query, frame)
      stream.send(frame)
    }
  }
}

const servers = {
  user: serverOf('user'),
  conversation: serverOf('conversation'),
  message,
  notification: serverOf('notification'),
}
const urls = Object.fromEntries(
  await Promise.all(Object.entries(servers).map(async ([name, server]) => [name, await server.listen()] as const)),
)
serve({ emit, streams: () => message.streams.size, head: () => head }, { urls, conversation })
