import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Pool } from 'undici'
import { serve } from './serve.mjs'

/**
 * What a person would write by hand for these operations, and nothing else: the fewest calls of the subgraphs, each
 * entity asked once, answers joined as objects. It validates nothing and fails as a whole.
 */
const pools = Object.fromEntries(
  Object.entries(JSON.parse(process.argv[2])).map(([name, url]) => [
    name,
    new Pool(new URL(url).origin, { connections: 16 }),
  ]),
)

async function ask(name, authorization, query, variables) {
  const { body } = await pools[name].request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await body.json()
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data
}

async function fill(name, authorization, objects, query) {
  const byId = Map.groupBy(
    objects.filter((object) => object),
    ({ id }) => id,
  )
  const representations = [...byId.values()].map(([{ __typename, id }]) => ({ __typename, id }))
  const { _entities } = await ask(name, authorization, query, { r: representations })
  for (const entity of _entities) for (const object of byId.get(entity.id)) Object.assign(object, entity)
}

const person = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id username displayName } } }'
const names = (objects, authorization) => fill('user', authorization, objects, person)
const reference = '{ __typename id }'
const message = '{ id line version clientId text editedAt __typename }'

const operations = {
  async History(variables, authorization) {
    const data = await ask(
      'message',
      authorization,
      `query ($conversationId: ID!, $before: Int, $last: Int!) { timeline(conversationId: $conversationId, before: $before, last: $last) {
        hasEarlier headSeq events { __typename seq line at actorId actor ${reference}
          ... on MessageSent { message ${message} } ... on MessageEdited { message ${message} }
          ... on ConversationStarted { startedTitle: title } ... on MemberJoined { memberId member ${reference} }
          ... on MemberLeft { memberId member ${reference} } ... on TitleChanged { newTitle: title } ... on TopicChanged { topic } }
        conversation { id readLine __typename } __typename } }`,
      variables,
    )
    await names(
      data.timeline.events.flatMap(({ actor, member }) => (member ? [actor, member] : [actor])),
      authorization,
    )
    return data
  },
  async Conversations(variables, authorization) {
    const data = await ask(
      'conversation',
      authorization,
      `query ($first: Int!, $after: String) { conversations(first: $first, after: $after) { edges { cursor node {
        id kind title topic createdAt lastActivityAt memberCount peerId peer ${reference}
        members { role userId user ${reference} __typename } __typename } __typename }
        pageInfo { hasNextPage endCursor __typename } __typename } }`,
      variables,
    )
    const nodes = data.conversations.edges.map(({ node }) => node)
    const state = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Conversation { id detailsSeq headSeq readLine unreadCount
      lastMessage { id seq version text sentAt authorId __typename } } } }`
    await Promise.all([
      names(
        nodes.flatMap(({ peer, members }) => [peer, ...members.map(({ user }) => user)]),
        authorization,
      ),
      fill('message', authorization, nodes, state),
    ])
    return data
  },
  async Offers(variables, authorization) {
    const data = await ask(
      'catalogue',
      authorization,
      `query ($turn: Int!) { offers(turn: $turn) { id title cents seller ${reference} } }`,
      variables,
    )
    const sellers = data.offers.map(({ seller }) => seller)
    await fill(
      'sellers',
      authorization,
      sellers,
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Seller { id name city } } }',
    )
    for (const seller of sellers) delete seller.__typename
    return data
  },
}

const server = createServer(async (request, response) => {
  try {
    const { operationName, variables } = JSON.parse(await text(request))
    const data = await operations[operationName](variables, request.headers.authorization)
    const answer = Buffer.from(JSON.stringify({ data }))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
  } catch (error) {
    response.writeHead(500).end(String(error?.stack ?? error))
  }
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve({}, { port: server.address().port, path: '/' })
