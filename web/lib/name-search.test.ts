import { folded, matching } from './name-search'

const found = (names: readonly (string | readonly string[])[], typed: string) =>
  matching(names, typed, (name) => [name].flat())

describe('a name that is searched', () => {
  it.each([
    ['Zoë Müller', 'zoe muller'],
    ['José', 'jose'],
    ['Łukasz Straße', 'lukasz strasse'],
    ['Søren Ærø', 'soren aero'],
    ['İstanbul', 'istanbul'],
    ['Ｗｉｄｅ', 'wide'],
    ['Μαρία', 'μαρια'],
    ['Ёлка', 'елка'],
    ['ガーデン', folded('ガーデン')],
    ['한', folded('하') + '\u11ab'],
  ])('%s is compared as %s', (name, plain) => expect(folded(name)).toBe(plain))

  it('has what is typed anywhere, with or without accents and case, and as a whole or word by word', () => {
    for (const typed of ['zoë', 'ZOE', 'mül', 'ller', 'zoe mu', 'mul zo', ' zoe ', '@zoe'])
      expect([typed, found(['Zoë Müller'], typed)]).toEqual([typed, ['Zoë Müller']])
    for (const typed of ['zoe x', 'mz', 'muller-']) expect([typed, found(['Zoë Müller'], typed)]).toEqual([typed, []])
  })

  it('is found by each of the names', () => {
    const both = ['Zoë Müller', 'zed_99']
    for (const typed of ['zed', '@zed', '99', 'zoe zed']) expect(found([both], typed)).toEqual([both])
  })

  it('comes first when it begins so, then when a word does; equal ones keep their order', () => {
    const names = ['Susanna', 'Marianne', 'The Ann Society', 'Anna', 'Joan', 'Mary-Ann', 'Ann']
    expect(found(names, 'an')).toEqual(['Anna', 'Ann', 'The Ann Society', 'Mary-Ann', 'Susanna', 'Marianne', 'Joan'])
  })

  it('is every one when nothing is typed', () => expect(found(['b', 'a'], '  ')).toEqual(['b', 'a']))
})
