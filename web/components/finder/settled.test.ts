import { settled } from './settled'

const items = (ids: string) => Array.from(ids).map((id) => ({ id }))
const order = (shown: string, found: string) =>
  settled(Array.from(shown), items(found))
    .map(({ id }) => id)
    .join('')

describe('results', () => {
  it.each([
    ['', 'abc', 'abc', 'come as they are found'],
    ['abc', 'abcde', 'abcde', 'that are found later come last'],
    ['abc', 'xbyac', 'abcxy', 'that were shown stay where they are, whatever is found besides or comes first now'],
    ['abc', 'ac', 'ac', 'that are not there any more go'],
  ])('after “%s” of “%s” are “%s”: they %s', (shown, found, result) => expect(order(shown, found)).toBe(result))

  it('are shown as they are now', () => {
    expect(settled(['a'], [{ id: 'a', name: 'new' }])).toEqual([{ id: 'a', name: 'new' }])
  })
})
