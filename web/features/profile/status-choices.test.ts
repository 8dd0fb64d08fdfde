import { endOf } from './status-choices'

describe('when a status ends', () => {
  const sunday = new Date(2026, 10, 29, 22, 30)
  const monday = new Date(2026, 10, 30, 9, 0)

  it.each([
    ['never', sunday, null],
    ['half', sunday, new Date(2026, 10, 29, 23, 0)],
    ['hours', sunday, new Date(2026, 10, 30, 2, 30)],
    ['day', sunday, new Date(2026, 10, 30)],
    ['week', sunday, new Date(2026, 10, 30)],
    ['week', monday, new Date(2026, 11, 7)],
  ] as const)('%s, from %s', (choice, now, end) => {
    expect(endOf(choice, now)).toEqual(end)
  })

  it('stays when it was set, if nothing else is chosen', () => {
    expect([endOf('set', sunday, monday), endOf('set', sunday)]).toEqual([monday, null])
  })
})
