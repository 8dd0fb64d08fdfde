import { DomainError } from '@parley/kernel/errors'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { refusalOf, tooMany } from '../documents/refusals'
import { RateLimited } from '../rate-limits'

const frames = (error: unknown) => (error instanceof Error ? (error.stack ?? '').split('\n    at ').length - 1 : -1)

test.each([
  ['a failure of the product', new DomainError('input', 'INVALID_INPUT', 'Say it otherwise.')],
  ['the same in GraphQL', asGraphQLError(new DomainError('input', 'INVALID_INPUT', 'Say it otherwise.'))],
  ['a refused document', refusalOf('input', 'OPERATION_TOO_COMPLEX', 'Ask for less.')[0]],
  ['a new document too many', tooMany()[0]],
  ['an operation too many', new RateLimited(500)],
])('%s takes no picture of the stack', (_what, error) => {
  expect(frames(error)).toBe(0)
})

test('a defect does', () => {
  expect(frames(new Error('A defect'))).toBeGreaterThan(0)
})
