import { DomainError } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'
import fc from 'fast-check'
import { conversationTitle, conversationTopic } from './conversation'

const refusal = (raw: string): string => {
  try {
    conversationTitle(raw)
    return 'accepted'
  } catch (error) {
    return error instanceof DomainError ? error.code : 'other'
  }
}

describe('conversationTitle', () => {
  it.each(['', '   ', '\n\t', '\0', '\u200B', '\u202E'])('refuses %j: there is nothing to see', (raw) => {
    expect(refusal(raw)).toBe('INVALID_FIELD')
  })
  it('takes 80 characters after trimming and refuses one more', () => {
    expect(refusal(`  ${'x'.repeat(limits.titleLength)}  `)).toBe('accepted')
    expect(refusal('x'.repeat(limits.titleLength + 1))).toBe('INVALID_FIELD')
  })
  it('counts code points, not UTF-16 units', () => expect(refusal('👋'.repeat(limits.titleLength))).toBe('accepted'))
  it('makes one line of many', () => expect(conversationTitle(' Summer\r\n\0 2027 ')).toBe('Summer 2027'))
  it('keeps an emoji of several code points together', () => expect(conversationTitle('👩‍👧 home')).toBe('👩‍👧 home'))
  it('makes a well-formed title of anything, and the same title of its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (raw) => {
        if (refusal(raw) !== 'accepted') return
        const title = conversationTitle(raw)
        expect(title.isWellFormed()).toBe(true)
        expect(title).not.toContain('\0')
        expect(conversationTitle(title)).toBe(title)
      }),
    )
  })
})

describe('conversationTopic', () => {
  const longest = 'x'.repeat(limits.topicLength)

  it('makes one line of many', () => expect(conversationTopic(' Tents,\n food ')).toBe('Tents, food'))
  it('is none when there is nothing to see', () =>
    expect(['', '  \n', '\u200B'].map(conversationTopic)).toEqual([null, null, null]))
  it('takes 250 characters after trimming and refuses one more', () => {
    expect(conversationTopic(` ${longest} `)).toBe(longest)
    expect(() => conversationTopic(`${longest}x`)).toThrow('A topic has at most 250 characters; this one has 251.')
  })
})
