import { CombinedGraphQLErrors } from '@apollo/client/errors'
import { Failure, failureOfField, isTemporary, noAnswer, sentenceOf } from './errors'

describe('the message for the user', () => {
  it.each([noAnswer(), new Failure('temporary', 'A_NEW_CODE'), new Failure('unknown', 'OUTCOME_UNKNOWN')])(
    'of $message is that it may be tried again',
    (failure) => {
      expect(isTemporary(failure)).toBe(true)
    },
  )

  it.each(['input', 'auth', 'state', 'defect'])('of the category %s does not offer a retry', (category) => {
    expect(isTemporary(new Failure(category, 'UNAVAILABLE'))).toBe(false)
  })

  it('of a write without an answer is written for users, not for programs', () => {
    const sentence = sentenceOf(
      new Failure(
        'unknown',
        'OUTCOME_UNKNOWN',
        'This may have been done already. Trying again is safe: it is not done twice.',
      ),
    )
    expect(sentence).toBe('No answer came in time, so this may have worked. Try again to find out.')
  })

  it('of an operation that the server does not run any more is to reload the page', () => {
    const failure = new Failure('input', 'PERSISTED_QUERY_REQUIRED', 'This server runs only registered operations.')
    expect(sentenceOf(failure)).toBe('There is a new version of Parley. Reload the page to use it.')
  })

  it('is the message of the server for everything else, and never empty', () => {
    expect(sentenceOf(new Failure('temporary', 'RATE_LIMITED', 'Wait a moment.'))).toBe('Wait a moment.')
    expect(sentenceOf(noAnswer())).toMatch(/cannot be reached/)
  })
})

describe('the failure of one field among others', () => {
  const failed = (path: string[] | undefined, code: string) => ({
    message: code,
    ...(path === undefined ? {} : { path }),
    extensions: { category: 'state', code },
  })
  const answer = (...errors: ReturnType<typeof failed>[]) => new CombinedGraphQLErrors({ errors })

  it('is its own, in whichever order they are told', () => {
    const error = answer(failed(['conversation'], 'UNAVAILABLE'), failed(['timeline'], 'NOT_FOUND'))
    expect(failureOfField(error, 'timeline')?.code).toBe('NOT_FOUND')
  })

  it('is that of the whole request, and none when others failed', () => {
    expect(failureOfField(answer(failed(undefined, 'TOO_LARGE')), 'timeline')?.code).toBe('TOO_LARGE')
    expect(failureOfField(answer(failed(['conversation'], 'UNAVAILABLE')), 'timeline')).toBeNull()
    expect(failureOfField(undefined, 'timeline')).toBeNull()
    expect(failureOfField(noAnswer(), 'timeline')?.code).toBe('NETWORK')
  })
})
