import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { MongoClient } from 'mongodb'
import postgres from 'postgres'
import { serve } from './serve.mjs'

/**
 * A page of history straight from the drivers, in one process: what the engines and their drivers cost when there is
 * neither GraphQL nor a subgraph, a token is not verified, and nobody is refused.
 */
const { mongoUrl, mongoDatabase, postgresUrl } = JSON.parse(process.argv[2])
const mongo = (await new MongoClient(mongoUrl).connect()).db(mongoDatabase)
const [heads, messages, events, inbox] = ['conversation_heads', 'messages', 'timeline_events', 'inbox'].map((name) =>
  mongo.collection(name),
)
const sql = postgres(postgresUrl, { max: 8 })

const userOf = (authorization) => JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url').toString()).sub

async function history({ conversationId, before, last }, userId) {
  const [head, own] = await Promise.all([
    heads.findOne({ _id: conversationId }),
    inbox.findOne({ _id: `${userId}:${conversationId}` }),
  ])
  const to = Math.min(before ?? Infinity, head.lines + 1) - 1
  const from = Math.max(1, to + 1 - last)
  const range = { conversationId, line: { $gte: from, $lte: to } }
  const sent = await messages.find(range, { hint: { conversationId: 1, line: 1 } }).toArray()
  const others = sent.length === to - from + 1 ? [] : await events.find(range).toArray()
  const people = await namesOf([
    ...sent.map(({ authorId }) => authorId),
    ...others.flatMap(({ actorId, data }) => [actorId, data.memberId]),
  ])
  const lines = new Map(others.map((event) => [event.line, otherEvent(event, people)]))
  for (const message of sent) lines.set(message.line, sentEvent(message, people))
  const timeline = {
    hasEarlier: from > 1,
    headSeq: head.headSeq,
    events: [...lines.values()].sort((one, other) => one.seq - other.seq),
    conversation: { id: conversationId, readLine: readLineOf(own), __typename: 'Conversation' },
    __typename: 'TimelinePage',
  }
  return { timeline }
}

async function namesOf(ids) {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))]
  const rows =
    await sql`select id, username, display_name as "displayName" from users where id = any(${`{${wanted.join()}}`}::text::uuid[])`
  return new Map(rows.map((row) => [row.id, { ...row, __typename: 'User' }]))
}

const sentEvent = ({ _id, seq, line, version, clientId, text: content, sentAt, editedAt, authorId }, people) => ({
  __typename: 'MessageSent',
  seq,
  line,
  at: sentAt,
  actorId: authorId,
  actor: people.get(authorId),
  message: { id: _id, line, version, clientId, text: content, editedAt: editedAt ?? null, __typename: 'Message' },
})

const otherEvent = ({ type, seq, line, at, actorId, data }, people) => ({
  __typename: type,
  seq,
  line,
  at,
  actorId,
  actor: people.get(actorId),
  ...(type === 'ConversationStarted' ? { startedTitle: data.title ?? null } : {}),
  ...(type === 'MemberJoined' ? { memberId: data.memberId, member: people.get(data.memberId) } : {}),
})

/** Own lines directly after the read line are read too. */
const readLineOf = ({ readLine, ownLines = [] }) =>
  ownLines.toSorted((one, other) => one - other).reduce((read, line) => (line === read + 1 ? line : read), readLine)

const server = createServer(async (request, response) => {
  try {
    const { variables } = JSON.parse(await text(request))
    const answer = Buffer.from(
      JSON.stringify({ data: await history(variables, userOf(request.headers.authorization)) }),
    )
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ errors: [{ message: String(error?.stack ?? error) }] }))
  }
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve({}, { port: server.address().port, path: '/' })
