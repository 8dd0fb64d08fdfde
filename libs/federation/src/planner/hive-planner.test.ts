import { parse } from 'graphql'
import { auditGraphOf } from '../testing/audit/audit-graph'
import { simpleEntityCall } from '../testing/audit/suites/simple-entity-call'
import { HivePlanner } from './hive-planner'

const planner = new HivePlanner(auditGraphOf(simpleEntityCall).supergraphSdl)
const planOf = (text: string, name?: string) => planner.plan(parse(text), text, name)

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
  expect(() => new HivePlanner('type Query {')).toThrow()
})
