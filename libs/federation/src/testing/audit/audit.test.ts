import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { allSuites } from './all-suites'
import { type AuditGraph, auditGraphOf } from './audit-graph'
import { apolloGateway, type Gateway, hivePlansByApolloExecutor, hivePlansCompiled } from './gateways'
import type { Case, Suite } from './suite'

/** A gateway and its known failures; one that passes must be taken off the list. */
const judged: readonly [string, Gateway, readonly string[]][] = [
  [
    'Apollo planner, Apollo executor',
    apolloGateway,
    [
      'keys-mashup 0',
      'non-resolvable-interface-object 1',
      'requires-with-argument 2',
      'requires-with-argument 3',
      'requires-with-argument 4',
      'requires-with-argument-conflict 0',
    ],
  ],
  ['Hive planner, Apollo executor', hivePlansByApolloExecutor, []],
  ['Hive planner, compiled plans', hivePlansCompiled, []],
]

const graphs = new Map<Suite, AuditGraph>()

function graphOf(suite: Suite): AuditGraph {
  const graph = graphs.get(suite) ?? auditGraphOf(suite)
  graphs.set(suite, graph)
  return graph
}

/** As the audit compares: all data, and of errors whether there are any. */
const verdictOf = ({ data, errors }: ExecutionResult, { errors: expected }: Case) =>
  copyOf({ data: data ?? null, ...(expected !== undefined && { errors: (errors?.length ?? 0) > 0 }) })

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('all suites are here', () => {
  expect([allSuites.length, allSuites.flatMap(({ cases }) => cases).length]).toEqual([46, 199])
})

describe.each(judged)('%s', (_name, gateway, knownFailures) => {
  test.each(allSuites)('$id', async (suite) => {
    const answer = gateway(graphOf(suite))
    const run = randomUUID()
    for (const [index, each] of suite.cases.entries()) {
      const { query, data = null, errors } = JSON.parse(JSON.stringify(each).replaceAll('{run}', run)) as Case
      const result = await answer(query).catch((error: unknown): ExecutionResult => ({ errors: [error as never] }))
      const expected = { query, data, ...(errors !== undefined && { errors }) }
      const verdict = { query, ...(verdictOf(result, each) as object) }
      if (knownFailures.includes(`${suite.id} ${index}`)) expect(verdict).not.toEqual(expected)
      else expect(verdict).toEqual(expected)
    }
  })
})
