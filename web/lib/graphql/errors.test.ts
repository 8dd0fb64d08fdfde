import { Failure, isTemporary, noAnswer, sentenceOf } from './errors'

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
