import { mentionChoices, mentionQuery } from './mention-choices'

const person = (id: string, username: string, displayName: string) => ({ id, username, displayName })
const people = [person('1', 'ada', 'Ada Lovelace'), person('2', 'bob', 'Bob Hall'), person('3', 'cem', 'Cem')]
const labels = new Map(people.map(({ id, displayName }) => [id, displayName]))
const labelsFor = (
  text: string,
  speakers: readonly string[] = [],
  group: { all: number; here: number } | null = null,
) => mentionChoices({ at: 0, text }, { people, labels, speakers, group }).map(({ label }) => label)

describe('what is written after an @', () => {
  it.each([
    ['@', 1, { at: 0, text: '' }],
    ['Hello @ad', 9, { at: 6, text: 'ad' }],
    ['(@ada lo', 8, { at: 1, text: 'ada lo' }],
    ['请看@李', 4, { at: 2, text: '李' }],
    ['a@b', 3, null],
    ['https://x.example/@b', 20, null],
    ['@ada lo and', 11, null],
    ['@ada', 0, null],
    ['\\@ada', 5, null],
    ['`@ada', 5, null],
  ])('in %j at %d', (text, caret, query) => {
    expect(mentionQuery(text, caret)).toEqual(query)
  })

  it('offers those whose names have it in them: word beginnings first, then the last speakers', () => {
    expect(labelsFor('')).toEqual(['Ada Lovelace', 'Bob Hall', 'Cem'])
    expect(labelsFor('', ['3', '2'])).toEqual(['Cem', 'Bob Hall', 'Ada Lovelace'])
    expect(labelsFor('l', ['2'])).toEqual(['Ada Lovelace', 'Bob Hall'])
    expect(labelsFor('OB')).toEqual(['Bob Hall'])
    expect(labelsFor('zz')).toEqual([])
  })

  it('offers everybody in a group, with the number of people', () => {
    expect(labelsFor('', [], { all: 3, here: 1 })).toEqual(['Ada Lovelace', 'Bob Hall', 'Cem', 'all', 'here'])
    expect(labelsFor('al', [], { all: 3, here: 1 })).toEqual(['all', 'Bob Hall'])
    expect(labelsFor('here')).toEqual([])
  })
})
