import type { FetchAnswer, FetchRequest } from './execution'
import { FetchOperation, PlannedFetch } from './fetch-operation'
import { joinedFetches } from './joined-fetches'

const operation = new FetchOperation({ operation: '{ entities }' })
const fetch = {}
const other = {}

function asking(representations: readonly string[], of = fetch): FetchRequest {
  const partsFor = (all: readonly string[]) => ({ operation, variables: all.join() })
  const missingPaths = () => representations.map((_, index) => ['_entities', index])
  return new PlannedFetch(() => partsFor(representations), false, missingPaths, {
    fetch: of,
    representations,
    partsFor,
  })
}

function setUp(answer: (request: FetchRequest) => FetchAnswer) {
  const bodies: (string | undefined)[] = []
  const ask = joinedFetches(async (_subgraph, request) => {
    bodies.push(request.parts?.variables)
    return answer(request)
  })
  return { bodies, ask: (request: FetchRequest) => ask('users', request) }
}

const named = ({ parts }: FetchRequest): FetchAnswer => ({
  data: { _entities: parts?.variables.split(',').map((name) => ({ name })) },
})

test('what is asked at the same moment is one request, with each entity once', async () => {
  const { ask, bodies } = setUp(named)
  const answers = await Promise.all([['a', 'b'], ['b'], ['c', 'a']].map((each) => ask(asking(each))))
  expect(bodies).toEqual(['a,b,c'])
  const names = [['a', 'b'], ['b'], ['c', 'a']].map((each) => ({ data: { _entities: each.map((name) => ({ name })) } }))
  expect(answers).toEqual(names)
})

test('nobody shares an entity with another', async () => {
  const { ask } = setUp(named)
  const [first, second] = await Promise.all([ask(asking(['a'])), ask(asking(['a']))])
  const entityOf = ({ data }: FetchAnswer) => (data?.['_entities'] as unknown[])[0]
  expect(entityOf(first)).not.toBe(entityOf(second))
})

test('other fetches, later ones and those of root fields are requests of their own', async () => {
  const { ask, bodies } = setUp(named)
  const root = new PlannedFetch(
    () => ({ operation, variables: 'root' }),
    false,
    () => [],
  )
  await Promise.all([ask(asking(['a'])), ask(asking(['b'], other)), ask(root)])
  await ask(asking(['c']))
  expect(bodies.toSorted()).toEqual(['a', 'b', 'c', 'root'])
})

test('an error of an entity is told to those who asked for it, and any other to all', async () => {
  const errors = [{ message: 'b', path: ['_entities', 1, 'name'] }, { message: 'all' }]
  const { ask } = setUp(() => ({ data: { _entities: [{}, null, {}] }, errors }))
  const answers = await Promise.all([['a', 'b'], ['c', 'b'], ['c']].map((each) => ask(asking(each))))
  const ofB = { message: 'b', path: ['_entities', 1, 'name'] }
  const all = { message: 'all' }
  expect(answers.map((each) => each.errors)).toEqual([[ofB, all], [ofB, all], [all]])
})

test('when the subgraph does not answer, each misses what it has asked for', async () => {
  const { ask } = setUp((request) => ({
    data: null,
    errors: request.missingPaths().map((path) => ({ message: 'Away', path })),
  }))
  const answers = await Promise.all([['a', 'b'], ['b']].map((each) => ask(asking(each))))
  expect(answers.map(({ data, errors }) => [data, errors?.map(({ path }) => path?.[1])])).toEqual([
    [null, [0, 1]],
    [null, [0]],
  ])
})

test.each<[string, () => FetchAnswer]>([
  ['too few entities', () => ({ data: { _entities: [{}] } })],
  ['no list', () => ({ data: { _entities: {} } })],
  [
    'nothing but a throw',
    () => {
      throw new Error('Expected')
    },
  ],
])('an answer with %s fails for all', async (_what, answer) => {
  const { ask } = setUp(answer)
  const outcomes = await Promise.allSettled([ask(asking(['a'])), ask(asking(['b']))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
