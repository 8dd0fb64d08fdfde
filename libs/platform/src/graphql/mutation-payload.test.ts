import { DomainError, InvalidFields } from '@parley/kernel/errors'
import { mutationPayload } from './mutation-payload'

const failing = (error: Error) => mutationPayload(() => Promise.reject(error))

describe('the payload of a mutation', () => {
  it('has the result and no errors', async () => {
    expect(await mutationPayload(async () => ({ user: 'anna' }))).toEqual({ user: 'anna', errors: [] })
  })

  it('has the errors that a person can correct', async () => {
    expect(await failing(new DomainError('state', 'CONFLICT', 'Try again.'))).toEqual({
      errors: [{ __typename: 'Refusal', code: 'CONFLICT', message: 'Try again.' }],
    })
    const faults = [
      { field: 'username', code: 'USERNAME_TAKEN', message: 'Choose another.' },
      { field: 'password', code: 'INVALID_FIELD', message: 'Longer.' },
    ]
    expect(await failing(new InvalidFields(faults))).toEqual({
      errors: faults.map((fault) => ({ __typename: 'InvalidField', ...fault })),
    })
  })

  it.each([
    new DomainError('state', 'NOT_FOUND', 'Not there.'),
    new DomainError('auth', 'UNAUTHENTICATED', 'Sign in.'),
    new DomainError('temporary', 'RATE_LIMITED', 'Wait.'),
    new DomainError('unknown', 'OUTCOME_UNKNOWN', 'Ask again.'),
    new Error('A defect'),
  ])('is none for $message', async (error) => {
    await expect(failing(error)).rejects.toBe(error)
  })
})
