import { randomUUID } from 'node:crypto'
import type { MessageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { Bookmarks } from '../application/bookmarks'
import { type Bookmark, withBookmark, withoutBookmarks } from '../domain/bookmarks'

const conversationId = newConversation()
/** Its owner is in all of the conversations. */
const everywhere = () => true

export const bookmarkAt = (at: number): Bookmark => ({
  messageId: randomUUID() as MessageId,
  conversationId,
  at: new Date(at),
})

/** The contract of Bookmarks: run on the fake and on MongoDB. */
export function bookmarksContract(bookmarks: () => Bookmarks): void {
  it('keeps the list of each person on its own', async () => {
    const [ann, ben] = [newUser(), newUser()]
    const [one, two] = [bookmarkAt(1), bookmarkAt(2)]
    expect(await bookmarks().of(ann)).toEqual([])
    for (const bookmark of [one, two])
      expect(await bookmarks().change(ann, (list) => withBookmark(list, bookmark, everywhere))).toBe(true)
    expect(await bookmarks().of(ann)).toEqual([two, one])
    expect(await bookmarks().of(ben)).toEqual([])
    expect(await bookmarks().change(ann, (list) => withBookmark(list, one, everywhere))).toBe(false)
    expect(await bookmarks().change(ann, (list) => withoutBookmarks(list, [two.messageId]))).toBe(true)
    expect(await bookmarks().of(ann)).toEqual([one])
  })

  it('loses no change of two devices, and lets none beyond the limit', async () => {
    const ann = newUser()
    const room = 3
    const full = Array.from({ length: limits.bookmarks - room }, (_, index) => bookmarkAt(index)).toReversed()
    await bookmarks().change(ann, () => full)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        bookmarks().change(ann, (list) => withBookmark(list, bookmarkAt(10_000 + index), everywhere)),
      ),
    )
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(6 - room)
    expect(refused[0]).toMatchObject({ reason: { code: 'TOO_MANY_BOOKMARKS' } })
    expect(await bookmarks().of(ann)).toHaveLength(limits.bookmarks)
  })

  it('refuses none of many at once', async () => {
    const ann = newUser()
    const many = Array.from({ length: 15 }, (_, index) => bookmarkAt(index))
    await Promise.all(many.map((one) => bookmarks().change(ann, (list) => withBookmark(list, one, everywhere))))
    expect(await bookmarks().of(ann)).toEqual(many.toReversed())
  })
}
