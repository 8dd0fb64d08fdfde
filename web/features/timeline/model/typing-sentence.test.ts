import { typingSentence } from './typing-sentence'

test.each([
  [[], ''],
  [['Ann'], 'Ann is typing…'],
  [[null], 'Somebody is typing…'],
  [['Ann', 'Ben'], 'Ann and Ben are typing…'],
  [['Ann', null], 'Two people are typing…'],
  [['Ann', 'Ben', null], 'Several people are typing…'],
])('%j', (names, sentence) => expect(typingSentence(names)).toBe(sentence))
