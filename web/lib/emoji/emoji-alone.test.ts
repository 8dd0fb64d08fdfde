import { isEmojiAlone } from './emoji-alone'

describe('emoji alone', () => {
  it.each(['👍', '❤️', '👍🏽', '🇩🇪', '1️⃣', '👨‍👩‍👧‍👦', '👩🏻‍❤️‍💋‍👩🏿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏳️‍🌈', '🎉🎉🎉', '👍 ❤️\n🎉', ' 😀 ', '🇩🇪🇫🇷', '⛹🏻‍♀️'])(
    'are large: %j',
    (text) => {
      expect(isEmojiAlone(text)).toBe(true)
    },
  )

  it.each([
    '',
    ' ',
    'a',
    '1',
    '123',
    '#',
    '©',
    '❤',
    'ok 👍',
    '👍!',
    '🎉🎉🎉🎉',
    '🇩',
    '\uD83D',
    '\u200D',
    '\uFE0F',
    '1\uFE0F',
    '😀'.repeat(1_000),
  ])('are not: %j', (text) => {
    expect(isEmojiAlone(text)).toBe(false)
  })
})
