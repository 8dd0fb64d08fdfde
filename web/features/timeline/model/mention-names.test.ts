import fc from 'fast-check'
import { mentionsIn } from '@parley/text/mentions'
import { labelsOf, readable, toNames, toTokens } from './mention-names'

const id = (digit: string) => `0192f3a0-7c1e-7b3a-9d5e-2f4a6b8c0d1${digit}`
const person = (digit: string, username: string, displayName: string) => ({ id: id(digit), username, displayName })
const ada = person('a', 'ada', 'Ada')
const lovelace = person('b', 'lovelace', 'Ada Lovelace')
const [max, other] = [person('c', 'max', 'Max (he/him)'), person('d', 'maxi', 'Max (he/him)')]
const all = person('e', 'everybody', 'All')
const members = [ada, lovelace, max, other, all]

describe('names in a field', () => {
  it('are those that people have, or usernames where that says more', () => {
    expect([...labelsOf(members).values()]).toEqual(['Ada', 'Ada Lovelace', 'max', 'maxi', 'everybody'])
  })

  it.each([
    ['@Ada, look', `<@${ada.id}>, look`],
    ['@ada lovelace!', `<@${lovelace.id}>!`],
    ['@Adam and ask@Ada.example', '@Adam and ask@Ada.example'],
    ['@max and @maxi (@lovelace)', `<@${max.id}> and <@${other.id}> (<@${lovelace.id}>)`],
    ['@all @here @everybody', `@all @here <@${all.id}>`],
    ['`@Ada` and ```\n@Ada\n``` @Ada', `\`@Ada\` and \`\`\`\n@Ada\n\`\`\` <@${ada.id}>`],
    ['\\@Ada', '\\@Ada'],
  ])('%s', (written, sent) => {
    expect(toTokens(written, members)).toBe(sent)
  })

  it('come back when what was sent is edited, and nothing else changes', () => {
    const parts = fc.constantFrom(
      '@Ada',
      `<@${ada.id}>`,
      `<@${id('f')}>`,
      ' ',
      '`',
      '```',
      '\n',
      'x',
      '.',
      '\\',
      '@all',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (some) => {
        const sent = toTokens(some.join(''), members)
        expect(toTokens(toNames(sent, members), members)).toBe(sent)
      }),
      { seed: 29, numRuns: 1_000 },
    )
    expect(toNames(`<@${ada.id}> and <@${id('f')}>`, members)).toBe(`@Ada and <@${id('f')}>`)
    expect(mentionsIn(toTokens('@Ada', members)).userIds).toEqual([ada.id])
  })

  it('are read everywhere', () => {
    expect(readable(`<@${ada.id}> and <@${id('f')}>`, (who) => (who === ada.id ? 'Ada' : null))).toBe(
      '@Ada and @someone',
    )
  })
})
