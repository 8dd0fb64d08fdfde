import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { lexicographicSortSchema, parse, printSchema } from 'graphql'
import { allSuites } from '../testing/audit/all-suites'
import { auditGraphOf } from '../testing/audit/audit-graph'
import { simpleEntityCall } from '../testing/audit/suites/simple-entity-call'
import { ApolloPlanner } from './apollo-planner'
import { HivePlanner } from './hive-planner'
import { UnsupportedPlan } from './unsupported-plan'

const planner = new HivePlanner(QueryPlanner, auditGraphOf(simpleEntityCall).supergraphSdl)
const planOf = (text: string, name = '') => planner.plan(parse(text), text, name)

test('introspection is left to the executor', () => {
  for (const root of ['__schema { types { name } }', '__type(name: "User") { name }', '__typename']) {
    expect(planOf(`{ ${root} }`)).toEqual({ kind: 'QueryPlan' })
  }
  expect(planOf('query A { ...F } fragment F on Query { __schema { types { name } } }', 'A')).toEqual({
    kind: 'QueryPlan',
  })
  expect(planOf('{ __schema { types { name } } user { id } }').node?.kind).toBe('Fetch')
})

test('the named operation is planned', () => {
  const text = 'query A { user { id } } query B { __typename }'
  expect(planOf(text, 'A').node).toMatchObject({
    kind: 'Fetch',
    operationName: expect.stringMatching(/^A__\w+__0$/) as unknown,
  })
  expect(planOf(text, 'B')).toEqual({ kind: 'QueryPlan' })
})

test('an invalid document is an exception and does not end the process', () => {
  for (const text of [
    '{ nothing }',
    '{ user { id { id } } }',
    'query A { user { ...F } }',
    'subscription { user { id } }',
  ]) {
    expect(() => planOf(text)).toThrow()
  }
  expect(() => new HivePlanner(QueryPlanner, 'type Query {')).toThrow()
})

test.each([
  '{ user @skip(if: true) { id } }',
  '{ ... @skip(if: true) { user { id } } ...F @skip(if: true) } fragment F on Query { user { id } }',
  '{ ...F @include(if: true) } fragment F on Query { user @include(if: false) { id } }',
  'query ($on: Boolean!) { __schema @include(if: $on) { types { name } } }',
])('what a constant takes away is not planned: %s', (text) => {
  expect(planOf(text)).toEqual({ kind: 'QueryPlan' })
})

test('a condition that a variable decides is kept', () => {
  expect(planOf('query ($on: Boolean!) { user @include(if: $on) { id } }').node).toMatchObject({
    variableUsages: ['on'],
  })
})

// Why the gateway refuses @defer: docs/decisions/0019-the-planner.md.
test('a deferred fragment is planned as any other', () => {
  const fields = (directive: string) => `{ user { ... ${directive} { id nickname } } }`
  expect(planOf(fields('@defer(label: "later")'))).toEqual(planOf(fields('')))
})

test.each(['99999999999999999999', '1e999', '[-9223372036854775809]'])(
  'the number %s is left to Apollo’s planner',
  (number) => {
    expect(() => planOf(`{ user { id @a(b: ${number}) } }`)).toThrow(UnsupportedPlan)
  },
)

test('the schema of clients is that of Apollo’s planner', () => {
  const sortedOf = ({ apiSchema }: { apiSchema: Parameters<typeof printSchema>[0] }) =>
    printSchema(lexicographicSortSchema(apiSchema))
  for (const suite of allSuites) {
    const { supergraphSdl } = auditGraphOf(suite)
    expect(sortedOf(new HivePlanner(QueryPlanner, supergraphSdl))).toBe(sortedOf(new ApolloPlanner(supergraphSdl)))
  }
})
