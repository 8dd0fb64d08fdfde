import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { withRequestContext } from '@parley/platform/logging/request-context'
import { GraphQLError } from 'graphql'
import { shapeGraphQLError } from './shape-error'

beforeAll(() => {
  Logger.overrideLogger(false)
})

const fromSubgraph = (code: string | undefined, message: string, category: string | undefined = 'input') =>
  new GraphQLError(message, {
    path: ['a'],
    extensions: { category, code, serviceName: 'user', stacktrace: ['at secret'], http: {} },
  })

test('a domain error keeps its code and its message', () => {
  expect(shapeGraphQLError(asGraphQLError(new DomainError('state', 'NOT_FOUND', 'There is none.')))).toEqual({
    message: 'There is none.',
    extensions: { category: 'state', code: 'NOT_FOUND' },
  })
})

test("a subgraph's error keeps category, code, message and path, and nothing else, for any code", () => {
  expect(shapeGraphQLError(fromSubgraph('NEVER_HEARD_OF', 'Write something.'))).toEqual({
    message: 'Write something.',
    path: ['a'],
    extensions: { category: 'input', code: 'NEVER_HEARD_OF' },
  })
})

test.each([undefined, 'surprise'])("a subgraph's error with the category %s is not shown to clients", (category) => {
  const error = new GraphQLError('x', {
    extensions: { category, code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'user' },
  })
  expect(shapeGraphQLError(error).extensions).toEqual({ category: 'defect', code: 'INTERNAL' })
})

test.each([undefined, 'GRAPHQL_VALIDATION_FAILED', 'constructor'])(
  "a subgraph's error with the code %s is not for readers",
  (code) => {
    const { message, extensions } = shapeGraphQLError(fromSubgraph(code, 'Cannot query field "x" at http://10.0.0.1'))
    expect(message).toMatch(/^Something went wrong on our side/)
    expect(extensions).toEqual({ category: 'defect', code: 'INTERNAL' })
  },
)

test('an outage anywhere in the cause chain is UNAVAILABLE', () => {
  const outage = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:4001'), { code: 'ECONNREFUSED' })
  const { message, extensions } = shapeGraphQLError(asGraphQLError(new Error('fetch failed', { cause: outage })))
  expect(extensions).toEqual({ category: 'temporary', code: 'UNAVAILABLE' })
  expect(message).not.toContain('10.0.0.1')
})

test('the request id goes with the error', () => {
  const shaped = withRequestContext({ requestId: 'request-0001' }, () =>
    shapeGraphQLError(asGraphQLError(new Error('x'))),
  )
  expect(shaped.extensions).toEqual({ category: 'defect', code: 'INTERNAL', requestId: 'request-0001' })
})
