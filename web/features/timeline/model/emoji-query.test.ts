import { emojiQuery, wholeEmojiName } from './emoji-query'

describe('the name of an emoji that is being written', () => {
  it.each([
    [':sm', 3, { at: 0, text: 'sm' }],
    ['So good :Tad', 12, { at: 8, text: 'Tad' }],
    ['(:+1', 4, { at: 1, text: '+1' }],
    ['👍:thumbs_u', 11, { at: 2, text: 'thumbs_u' }],
    ['看:ro', 4, { at: 1, text: 'ro' }],
    ['`a` :sm', 7, { at: 4, text: 'sm' }],
    [':s', 2, null],
    [': smile', 7, null],
    ['at 10:30', 8, null],
    ['localhost:8080', 14, null],
    ['std::move', 9, null],
    ['\\:smile', 7, null],
    ['https://x.example/:id', 21, null],
    ['`:sm', 4, null],
    ['```\n:sm', 7, null],
    [':smile', 0, null],
  ])('in %j at %d', (text, caret, query) => {
    expect(emojiQuery(text, caret)).toEqual(query)
  })
})

describe('the name of an emoji that is written', () => {
  it.each([
    [':smile:', 7, { at: 0, text: 'smile' }],
    ['Yes :+1: ', 8, { at: 4, text: '+1' }],
    [':x:', 3, { at: 0, text: 'x' }],
    ['::', 2, null],
    ['a:b:', 4, null],
    ['10:30:', 6, null],
    [':smile: ', 8, null],
    ['`:smile:', 8, null],
  ])('in %j at %d', (text, caret, query) => {
    expect(wholeEmojiName(text, caret)).toEqual(query)
  })
})
