import { emojiIn } from './emoji'

const accepted: readonly (readonly [what: string, text: string, emoji: string])[] = [
  ['a face', '😀', '😀'],
  ['a heart with its selector', '\u2764\uFE0F', '\u2764\uFE0F'],
  ['a heart without it', '\u2764', '\u2764\uFE0F'],
  ['a heart that asks for text', '\u2764\uFE0E', '\u2764\uFE0F'],
  ['a heart with two selectors', '\u2764\uFE0F\uFE0F', '\u2764\uFE0F'],
  ['a thumb', '👍', '👍'],
  ['a thumb with a selector that it does not need', '👍\uFE0F', '👍'],
  ['a thumb with a skin tone', '👍🏽', '👍🏽'],
  ['a hand that is text without a tone', '✌', '✌\uFE0F'],
  ['the same with a tone', '✌🏿', '✌🏿'],
  ['a flag', '🇩🇪', '🇩🇪'],
  ['the flag of a part of a country', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['a flag that is joined', '🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
  ['a keycap', '1\uFE0F\u20E3', '1\uFE0F\u20E3'],
  ['a keycap without its selector', '#\u20E3', '#\uFE0F\u20E3'],
  ['a family', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
  ['a profession with a tone', '👩🏾‍⚕', '👩🏾‍⚕\uFE0F'],
  ['two people of two tones', '👩🏻‍🤝‍👩🏿', '👩🏻‍🤝‍👩🏿'],
  ['the longest one', '👩🏻‍❤️‍💋‍👩🏿', '👩🏻‍❤️‍💋‍👩🏿'],
  ['a broken chain', '⛓\u200D💥', '⛓\uFE0F\u200D💥'],
  ['one of Unicode 16', '🫩', '🫩'],
  ['one of Unicode 17', '🫪', '🫪'],
  ['a sign that is text without its selector', '©', '©\uFE0F'],
]

const refused: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['a letter', 'a'],
  ['a digit', '1'],
  ['a digit with a selector', '1\uFE0F'],
  ['a word', ':smile:'],
  ['a space', ' '],
  ['an emoji and a space', '👍 '],
  ['an emoji and a letter', '👍a'],
  ['two emoji', '👍👍'],
  ['two flags', '🇩🇪🇫🇷'],
  ['half a flag', '🇩'],
  ['a flag of no country', '🇽🇽'],
  ['a flag of no region', '🏴󠁺󠁺󠁺󠁿'],
  ['a letter with a keycap', 'a\u20E3'],
  ['a selector alone', '\uFE0F'],
  ['a joiner alone', '\u200D'],
  ['a zero-width space', '\u200B'],
  ['an emoji and a joiner', '👍\u200D'],
  ['an emoji and a zero-width space', '👍\u200B'],
  ['people who are not joined in Unicode', '👍\u200D👍'],
  ['a tone on what has none', '😀🏽'],
  ['the first half of an emoji', '\uD83D'],
  ['the second half of an emoji', '\uDC4D'],
  ['an emoji and half of one', '👍\uD83D'],
  ['a right-to-left mark before it', '\u202E👍'],
  ['a Chinese character', '爱'],
  ['a character of a private area', '\uF8FF'],
  ['a tag', '<b>👍</b>'],
  ['a long text of selectors', `👍${'\uFE0F'.repeat(10_000)}`],
  ['ten thousand emoji', '👍'.repeat(10_000)],
]

describe('one emoji', () => {
  it.each(accepted)('is %s', (_what, text, emoji) => {
    expect(emojiIn(text)).toBe(emoji)
    expect(emojiIn(emoji)).toBe(emoji)
  })

  it.each(refused)('is not %s', (_what, text) => {
    expect(emojiIn(text)).toBeNull()
  })
})
