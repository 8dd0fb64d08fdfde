import { neighbour, neighbourWhere } from './neighbour'

const list = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))

describe('the conversation beside', () => {
  it.each([
    ['b', 1, 'c'],
    ['b', -1, 'a'],
    ['a', -1, null],
    ['e', 1, null],
    [null, 1, 'a'],
    [null, -1, 'e'],
    ['one that is not listed', 1, 'a'],
  ] as const)('%s in the direction %i is %s', (activeId, step, next) =>
    expect(neighbour(list, activeId, step)?.id ?? null).toBe(next),
  )

  it('of none is none', () => expect(neighbour([], null, 1)).toBeNull())

  it.each([
    ['c', 1, 'be', 'e'],
    ['c', -1, 'be', 'b'],
    ['c', 1, 'ab', 'a'],
    ['c', -1, 'de', 'e'],
    ['c', 1, 'c', null],
    ['c', 1, '', null],
    [null, 1, 'be', 'b'],
    [null, -1, 'be', 'e'],
  ] as const)('%s in the direction %i, of “%s” alone, is %s, also from the other end', (activeId, step, wanted, next) =>
    expect(neighbourWhere(list, { activeId, step }, ({ id }) => wanted.includes(id))?.id ?? null).toBe(next),
  )
})
