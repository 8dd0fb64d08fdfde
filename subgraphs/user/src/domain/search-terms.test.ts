import fc from 'fast-check'
import type { DisplayName, Username } from './account'
import { checkDisplayName } from './account-fields'
import { searchPrefix, searchTerms } from './search-terms'

const termsOf = (username: string, displayName: string) =>
  searchTerms({ username: username as Username, displayName: displayName as DisplayName })

describe('searchTerms', () => {
  it('start at the username and at each word of the name', () => {
    expect(termsOf('ab_1', 'Anna-Lena von Berg')).toEqual(['ab_1', 'anna-lena von berg', 'von berg', 'berg'])
  })
  it('ignore case and accents', () => expect(termsOf('jz', 'José Žižek')).toEqual(['jz', 'jose zizek', 'zizek']))
  it('match the beginning of a Greek name', () => expect(termsOf('o', 'ΟΔΥΣΣΕΥΣ').at(-1)).toMatch(searchPrefix('Οδυς')))
  it('contain no duplicates', () => expect(termsOf('anna', 'Anna')).toEqual(['anna']))
  it('match every prefix of every word of the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.nat(), fc.nat(), (raw, which, length) => {
        const name = checkDisplayName(raw)
        if (!name.valid) return
        const words = name.value.split(' ')
        const word = words[which % words.length] ?? ''
        const letters = [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment)
        const typed = searchPrefix(letters.slice(0, 1 + (length % letters.length)).join(''))
        expect(termsOf('someone', name.value).some((term) => term.startsWith(typed))).toBe(true)
      }),
    )
  })
})

describe('searchPrefix', () => {
  it.each([
    ['  @Anna ', 'anna'],
    ['Anna  BERG', 'anna berg'],
    ['José', 'jose'],
    [' \0 ', ''],
    ['@', ''],
  ])('makes of %j %j', (typed, prefix) => expect(searchPrefix(typed)).toBe(prefix))
})
