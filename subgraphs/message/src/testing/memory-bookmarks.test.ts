import { bookmarksContract } from './bookmarks.contract'
import { MemoryBookmarks } from './memory-bookmarks'

describe('MemoryBookmarks', () => {
  const bookmarks = new MemoryBookmarks()
  bookmarksContract(() => bookmarks)
})
