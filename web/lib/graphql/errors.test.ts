import { Failure, isTemporary, sentenceOf } from './errors'

describe('what a person is told', () => {
  it.each(['NETWORK', 'UNAVAILABLE', 'OUTCOME_UNKNOWN', 'RATE_LIMITED'])(
    'of %s is that it may be tried again',
    (code) => {
      expect(isTemporary(new Failure(code))).toBe(true)
    },
  )

  it('of a write without an answer is what it means for them, not what it means for a program', () => {
    const sentence = sentenceOf(
      new Failure('OUTCOME_UNKNOWN', 'It may have been done. Try again: the same client id will tell.'),
    )
    expect(sentence).toBe('No answer came in time, so this may have worked. Try again to find out.')
  })

  it('is what the server says of everything else, and never nothing', () => {
    expect(sentenceOf(new Failure('RATE_LIMITED', 'Wait a moment.'))).toBe('Wait a moment.')
    expect(sentenceOf(new Failure('NETWORK'))).toMatch(/cannot be reached/)
  })
})
