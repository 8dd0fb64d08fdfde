import { Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { withRequestContext } from '@parley/platform/logging/request-context'
import { GraphQLError } from 'graphql'
import { asGraphQLError, shapeGraphQLError } from './shape-error'

beforeAll(() => {
  Logger.overrideLogger(false)
})

const fromSubgraph = (code: string | undefined, message: string) =>
  new GraphQLError(message, {
    path: ['a'],
    extensions: { code, serviceName: 'user', stacktrace: ['at secret'], http: {} },
  })

test('a domain error keeps its code and its sentence', () => {
  expect(shapeGraphQLError(asGraphQLError(new DomainError('NOT_FOUND', 'There is none.')))).toEqual({
    message: 'There is none.',
    extensions: { code: 'NOT_FOUND' },
  })
})

test("a subgraph's error keeps code, sentence and path, and nothing else", () => {
  expect(shapeGraphQLError(fromSubgraph('MESSAGE_EMPTY', 'Write something.'))).toEqual({
    message: 'Write something.',
    path: ['a'],
    extensions: { code: 'MESSAGE_EMPTY' },
  })
})

test.each([undefined, 'DOWNSTREAM_SERVICE_ERROR', 'GRAPHQL_VALIDATION_FAILED', 'constructor'])(
  "a subgraph's error with the code %s is not for readers",
  (code) => {
    const { message, extensions } = shapeGraphQLError(fromSubgraph(code, 'Cannot query field "x" at http://10.0.0.1'))
    expect(message).toMatch(/^Something went wrong on our side/)
    expect(extensions).toEqual({ code: 'INTERNAL' })
  },
)

test('an outage anywhere below is UNAVAILABLE', () => {
  const outage = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:4001'), { code: 'ECONNREFUSED' })
  const { message, extensions } = shapeGraphQLError(asGraphQLError(new Error('fetch failed', { cause: outage })))
  expect(extensions).toEqual({ code: 'UNAVAILABLE' })
  expect(message).not.toContain('10.0.0.1')
})

test('the request id goes with the error', () => {
  const shaped = withRequestContext({ requestId: 'request-0001' }, () =>
    shapeGraphQLError(asGraphQLError(new Error('x'))),
  )
  expect(shaped.extensions).toEqual({ code: 'INTERNAL', requestId: 'request-0001' })
})
