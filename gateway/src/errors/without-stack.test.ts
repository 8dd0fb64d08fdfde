import { DomainError } from '@parley/kernel/errors'
import { refusalOf, tooMany } from '../documents/refusals'
import { RateLimited } from '../rate-limits'
import { withoutStack } from './without-stack'

const frames = (error: unknown) => (error instanceof Error ? (error.stack ?? '').split('\n    at ').length - 1 : -1)

test('an error that is an answer takes no picture of the stack, and the next defect does', () => {
  expect(frames(withoutStack(() => new DomainError('INVALID_INPUT', 'Say it otherwise.')))).toBe(0)
  expect(() =>
    withoutStack(() => {
      throw new TypeError('A defect')
    }),
  ).toThrow('A defect')
  expect(frames(new Error('Another defect'))).toBeGreaterThan(0)
})

test.each([
  ['a refused document', refusalOf('OPERATION_TOO_COMPLEX', 'Ask for less.')[0]],
  ['a new document too many', tooMany()[0]],
  ['an operation too many', RateLimited.for(500)],
])('%s is one of them', (_what, error) => {
  expect(frames(error)).toBe(0)
})
