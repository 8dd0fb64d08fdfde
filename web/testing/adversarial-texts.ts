import { limits } from '@parley/kernel/limits'

const longest = limits.messageLength

/** Texts that are slow for a renderer with backtracking: each is filled up to the longest message. */
const patterns: readonly (readonly [head: string, repeated: string, tail?: string])[] = [
  ['http://a', ')'],
  ['http://a', ']'],
  ['http://a', '}'],
  ['http://a', ')]}'],
  ['http://a', '('],
  ['http://a', '()'],
  ['http://a', ')('],
  ['http://a(', ')'],
  ['http://a', '.'],
  ['http://a', '.)'],
  ['http://a', '*_~'],
  ['http://a', '?!'],
  ['http://a', ',;:'],
  ['http://a/', 'a', ')))'],
  ['http://a/', '%'],
  ['http://a/', '%2'],
  ['http://a?', 'a=b&'],
  ['http://a#', '#'],
  ['http://', 'a.'],
  ['http://', '@'],
  ['http://', ':'],
  ['http://', '['],
  ['', 'http://'],
  ['', 'http://a '],
  ['', 'http://a) '],
  ['', 'http:/'],
  ['', 'https'],
  ['', 'HTTP://A)'],
  ['', 'http://a\n'],
  ['', ' '],
  ['', '\n'],
  ['', ' \n'],
  ['a', ' ', 'b'],
  ['a', '\n', 'b'],
  ['', '\t'],
  ['', '\u00a0'],
  ['', 'a\u0301'],
  ['', '\u0301'],
  ['', '\u200d'],
  ['', '\u200b'],
  ['', '\u202e'],
  ['', '\u2067\u2069'],
  ['', '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67'],
  ['', '\ud83c\udff3'],
  ['', '\ud83d'],
  ['', '\u0dc0\u0dcf'],
  ['', '<'],
  ['', '`'],
  ['', '"\''],
  ['', '\u0627\u0644'],
]

export const adversarialTexts: readonly string[] = patterns.map(([head, repeated, tail = '']) => {
  const room = longest - head.length - tail.length
  return `${head}${repeated.repeat(Math.ceil(room / repeated.length)).slice(0, room)}${tail}`
})
