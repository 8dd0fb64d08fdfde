import { type DividerState, nextDivider, noDivider } from './divider'

const unread = { readLine: 10, hasUnread: true }
const read = { readLine: 20, hasUnread: false }

/** What a list goes through, of 20 lines at first. */
function after(opened: typeof unread, ...news: readonly [lastLine: number, through: number, isThere: boolean][]) {
  const start = nextDivider(noDivider, { opened, lastLine: 20, through: opened.readLine, isThere: true })
  return news.reduce<DividerState>(
    (state, [lastLine, through, isThere]) => nextDivider(state, { opened, lastLine, through, isThere }),
    start,
  ).after
}

describe('the unread divider', () => {
  it('stands where what is unread begins, and not before that is known', () => {
    expect(nextDivider(noDivider, { opened: null, lastLine: 20, through: 0, isThere: true })).toBe(noDivider)
    expect(after(unread)).toBe(10)
    expect(after(read)).toBeNull()
  })

  it('stays there while it is read and more arrives, whether somebody looks or not', () => {
    expect(after(unread, [20, 15, true], [25, 20, true])).toBe(10)
    expect(after(unread, [25, 15, false], [26, 15, false])).toBe(10)
  })

  it('is not set by what arrives before one’s eyes', () => {
    expect(after(read, [21, 20, true], [22, 21, true])).toBeNull()
  })

  it('comes anew by what arrives while nobody looks, once all before it was read', () => {
    expect(after(read, [21, 20, false], [25, 20, false])).toBe(20)
    expect(after(unread, [20, 20, true], [21, 20, false])).toBe(20)
    expect(after(unread, [21, 20, false], [30, 30, true], [33, 30, false])).toBe(30)
  })

  it('comes where one had stopped, when something was unread below', () => {
    expect(after(read, [24, 20, true], [25, 20, false])).toBe(20)
  })

  it('comes late when it is known late, and then stays as well', () => {
    const start = nextDivider(noDivider, { opened: read, lastLine: 20, through: 20, isThere: true })
    const late = nextDivider(start, {
      opened: { readLine: 20, hasUnread: true },
      lastLine: 30,
      through: 20,
      isThere: true,
    })
    expect(late.after).toBe(20)
    expect(nextDivider(late, { opened: unread, lastLine: 30, through: 20, isThere: true }).after).toBe(20)
  })
})
