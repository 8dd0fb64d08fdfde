import { messageSent } from '../../../testing/timeline-log'
import { BookmarkStore, withBookmarks } from './bookmark-store'

function opened() {
  const answers: ((ids: readonly string[] | null) => void)[] = []
  const bookmarks = new BookmarkStore(() => new Promise((resolve) => answers.push(resolve)))
  const answer = async (ids: readonly string[] | null) => {
    answers.shift()?.(ids)
    await Promise.resolve()
  }
  return { bookmarks, answer, shown: () => [...bookmarks.of('c')] }
}

describe('the bookmarks in a conversation', () => {
  it('are those that the server knows and what this device has changed since', async () => {
    const { bookmarks, answer, shown } = opened()
    void bookmarks.load('c')
    bookmarks.put('c', 'm2', true)
    bookmarks.put('c', 'm1', false)
    await answer(['m1', 'm3'])
    expect(shown()).toEqual(['m3', 'm2'])
    bookmarks.reload()
    await answer(['m1'])
    expect(shown()).toEqual(['m1'])
    bookmarks.reload()
    await answer(null)
    expect(shown()).toEqual(['m1'])
  })

  it('mark their messages, and leave all others as they are', () => {
    const events = [messageSent(1), messageSent(2)]
    const [one, two] = withBookmarks(events, new Set(['m1']))
    expect(one).toMatchObject({ message: { id: 'm1', isBookmarked: true } })
    expect(two).toBe(events[1])
    expect(withBookmarks(events, new Set())).toBe(events)
  })
})
