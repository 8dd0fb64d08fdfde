import { composeServices } from '@apollo/composition'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import { Kind, type OperationDefinitionNode, parse } from 'graphql'
import { compileEvents, compileOperation, type Schemas } from './compile-operation'
import type { AskSubgraph, FetchAnswer } from './execution'

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])'
const log = `${federation}
  type Query { events: [Event!]! first: Event }
  type Subscription { happened: Event }
  interface Event { seq: Int! author: Person }
  type Sent implements Event { seq: Int! author: Person text: String }
  type Left implements Event { seq: Int! author: Person editor: Person }
  type Person @key(fields: "id") { id: ID! }`
const people = `${federation} type Person @key(fields: "id") { id: ID! name: String! mail: String }`

const { supergraphSdl = '' } = composeServices(
  Object.entries({ log, people }).map(([name, text]) => ({ name, typeDefs: parse(text), url: 'http://x.invalid' })),
)
const supergraph = Supergraph.build(supergraphSdl)
const planner = new QueryPlanner(supergraph)
const apollo = supergraph.apiSchema()
const schemas: Schemas = { supergraph: supergraph.schema.toGraphQLJSSchema(), api: apollo.toGraphQLJSSchema(), apollo }

interface Body {
  readonly query: string
  readonly variables: { readonly representations?: readonly { readonly id: string }[] }
}

function planned(text: string, change: (plan: QueryPlan) => QueryPlan = (plan) => plan) {
  const document = parse(text)
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
  const plan = change(planner.buildQueryPlan(operationFromDocument(apollo, document)))
  return { plan, operation: operation as OperationDefinitionNode, document, schemas }
}

/** Runs an operation over events of the log; people answer with their id as their name, and nobody has the id `no`. */
async function run(of: ReturnType<typeof planned>, events: object, variables: object = {}, askPeople?: AskSubgraph) {
  const sent: Body[] = []
  const compiled = compileOperation(of)
  const ask: AskSubgraph = async (name, request) => {
    const body = JSON.parse(request.body) as Body
    if (name === 'log') return { data: structuredClone(events) as FetchAnswer['data'] }
    sent.push(body)
    if (askPeople !== undefined) return await askPeople(name, request)
    const named = body.variables.representations?.map(({ id }) => (id === 'no' ? null : { name: `Name of ${id}` }))
    return { data: { _entities: named } }
  }
  const answer = await compiled?.run(variables as Record<string, unknown>, ask)
  return {
    data: answer?.data === undefined ? undefined : (JSON.parse(answer.data) as unknown),
    errors: answer?.errors.map((error) => ('path' in error ? error.path : error)),
    missing: answer?.missing.map(({ path }) => path),
    asked: sent.map(({ variables: { representations = [] } }) => representations.map(({ id }) => id)),
  }
}

const sent = (seq: number, id: string) => ({ __typename: 'Sent', seq, author: { __typename: 'Person', id } })
const authors = '{ events { seq author { name } } }'

describe('a compiled plan', () => {
  test('asks once for an author of fifty events, and each event gets its own', async () => {
    const events = Array.from({ length: 50 }, (_, seq) => sent(seq, 'a'))
    const { data, asked } = await run(planned(authors), { events })
    expect(asked).toEqual([['a']])
    expect(data).toEqual({ events: events.map(({ seq }) => ({ seq, author: { name: 'Name of a' } })) })
  })

  test('asks in one request for the same fields at several places', async () => {
    const text = '{ events { author { name } ... on Left { editor { name } } } first { author { name } } }'
    const left = {
      __typename: 'Left',
      author: { __typename: 'Person', id: 'b' },
      editor: { __typename: 'Person', id: 'a' },
    }
    const { data, asked } = await run(planned(text), { events: [sent(1, 'a'), left], first: sent(2, 'c') })
    expect(asked.map((ids) => ids.toSorted())).toEqual([['a', 'b', 'c']])
    expect(data).toEqual({
      events: [{ author: { name: 'Name of a' } }, { author: { name: 'Name of b' }, editor: { name: 'Name of a' } }],
      first: { author: { name: 'Name of c' } },
    })
  })

  test('gives an error of a shared entity to each place, and a missing value to its nearest nullable parent', async () => {
    const events = [sent(1, 'a'), sent(2, 'no'), sent(3, 'no')]
    expect(await run(planned(authors), { events })).toMatchObject({
      data: { events: [{ author: { name: 'Name of a' } }, { author: null }, { author: null }] },
      errors: [],
      missing: [
        ['events', 1, 'author', 'name'],
        ['events', 2, 'author', 'name'],
      ],
    })
    const failing: AskSubgraph = async () => ({
      data: { _entities: [{ name: 'A' }, null] },
      errors: [{ message: 'Gone', path: ['_entities', 1, 'name'] }],
    })
    expect(await run(planned(authors), { events }, {}, failing)).toMatchObject({
      errors: [
        ['events', 1, 'author', 'name'],
        ['events', 2, 'author', 'name'],
      ],
      missing: [],
    })
  })

  test('names every place that is missing when a subgraph does not answer', async () => {
    const away: AskSubgraph = async (_name, request) => ({
      data: null,
      errors: request.missingPaths().map((path) => ({ message: 'Away', path })),
    })
    const events = [sent(1, 'a'), { __typename: 'Sent', seq: 2, author: null }, sent(3, 'a')]
    expect(await run(planned(authors), { events }, {}, away)).toMatchObject({
      errors: [
        ['events', 0, 'author'],
        ['events', 2, 'author'],
      ],
    })
  })

  test('leaves out what a condition leaves out, without asking for it', async () => {
    const text = 'query($named: Boolean! = true) { events { seq author @include(if: $named) { name } } }'
    const events = [sent(1, 'a')]
    expect(await run(planned(text), { events }, { named: false })).toMatchObject({
      data: { events: [{ seq: 1 }] },
      asked: [],
    })
    expect(await run(planned(text), { events })).toMatchObject({
      data: { events: [{ author: { name: 'Name of a' } }] },
    })
  })

  test('follows conditions on types in a path, as other planners write them', async () => {
    const onlyLeft = (plan: QueryPlan): QueryPlan =>
      JSON.parse(
        JSON.stringify(plan).replace(
          '"kind":"Flatten","path":["events","@","author"]',
          '"kind":"Flatten","types":{"2":["Left"]},"path":["events","@","author"]',
        ),
      ) as QueryPlan
    const events = [sent(1, 'a'), { ...sent(2, 'b'), __typename: 'Left' }]
    expect((await run(planned(authors, onlyLeft), { events })).asked).toEqual([['b']])
  })

  test('rejects when the data has another form than the schema says', async () => {
    await expect(run(planned(authors), { events: { seq: 1 } })).rejects.toThrow('There is no list')
  })

  test.each([
    ['introspection', '{ __schema { queryType { name } } first { seq } }'],
    ['a subscription', 'subscription { happened { seq } }'],
    ['the name of a property that every object has', '{ first { toString: seq } }'],
  ])('is not made for %s', (_what, text) => {
    expect(compileOperation(planned(text))).toBeNull()
  })

  test('completes an event and leaves it as it was', async () => {
    const compiled = compileEvents(planned('subscription { happened { seq author { name } } }'))
    const event = { data: { happened: sent(1, 'a') } }
    const before = structuredClone(event)
    const answer = await compiled?.run(event, {}, async () => ({ data: { _entities: [{ name: 'A' }] } }))
    expect(answer).toEqual({ data: '{"happened":{"seq":1,"author":{"name":"A"}}}', errors: [], missing: [] })
    expect(event).toEqual(before)
  })
})
