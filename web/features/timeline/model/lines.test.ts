import { messageSent } from '../../../testing/timeline-log'
import { Lines } from './lines'

const numbers = (lines: Lines) => lines.toArray().map(({ line }) => line)

describe('Lines', () => {
  it('grows at both ends and finds by number', () => {
    const lines = Lines.of([messageSent(5), messageSent(6)])
      .append(messageSent(7))
      .prepend([messageSent(3), messageSent(4)])
    expect(numbers(lines)).toEqual([3, 4, 5, 6, 7])
    expect([lines.first, lines.last]).toEqual([3, 7])
    expect([2, 3, 7, 8].map((line) => lines.at(line)?.line)).toEqual([undefined, 3, 7, undefined])
  })

  it('never changes a value when new ones are made from it', () => {
    const base = Lines.of([messageSent(1)])
    const one = base.append(messageSent(2))
    const other = base.append(messageSent(2, 2, { actor: { id: 'x', username: 'x', displayName: 'X' } }))
    const longer = one.append(messageSent(3))
    const edited = one.replace({ ...messageSent(2), at: 'later' })
    expect(numbers(base)).toEqual([1])
    expect([one.at(2)?.actor.id, other.at(2)?.actor.id]).toEqual(['u1', 'x'])
    expect(numbers(one)).toEqual([1, 2])
    expect(one.at(3)).toBeUndefined()
    expect(numbers(longer)).toEqual([1, 2, 3])
    expect([one.at(2)?.at, edited.at(2)?.at, longer.at(2)?.at]).toEqual([messageSent(2).at, 'later', messageSent(2).at])
  })

  it('is empty without a line', () => {
    expect([Lines.none.first, Lines.none.last, Lines.of([])]).toEqual([0, 0, Lines.none])
    expect(numbers(Lines.none.append(messageSent(1)))).toEqual([1])
    expect(numbers(Lines.none)).toEqual([])
  })
})
