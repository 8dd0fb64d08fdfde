import { upTo } from './chat.ts'

/** What no whole number of 32 bits is, as it stands in JSON: `NaN` is no JSON at all. */
export const noLines = [
  '2147483648',
  '9007199254740992',
  '-2147483649',
  '1.5',
  '1e999',
  '"1"',
  '[1]',
  '{"$gt":0}',
  'true',
  'NaN',
] as const

const nested = (open: string, close = '') => `${open.repeat(1_000)}a${close.repeat(1_000)}`

/** A text of each kind that could be nested, 1,000 levels deep or as deep as 8,000 characters allow. */
export const deepTexts: ReadonlyMap<string, string> = new Map([
  ['quotes', nested('>')],
  ['quotes with spaces', nested('> ')],
  ['lists in one line', nested('- ')],
  [
    'lists by indentation',
    upTo(120)
      .map((level) => `${' '.repeat(level)}- a`)
      .join('\n'),
  ],
  ['numbered lists', nested('1. ')],
  ['quotes and lists', nested('> - ')],
  ['emphasis', nested('*', '*')],
  ['two kinds of emphasis', nested('**_', '_**')],
  ['emphasis that never ends', nested('**a _')],
  ['strikes', nested('~~', '~~')],
  ['spoilers', nested('||', '||')],
  ['links', nested('[', '](x)')],
  ['brackets that never end', nested('![[(')],
  [
    'code marks of all lengths',
    upTo(120)
      .map((length) => '`'.repeat(length))
      .join(' '),
  ],
  ['half mentions', nested('<@')],
])
