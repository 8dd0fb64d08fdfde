import { Store } from './store'

/** Counts how often the bookmarks of the viewer have changed, as far as other devices and this one tell. */
export const bookmarksChanged = new Store(0)

export function noteBookmarksChanged(): void {
  bookmarksChanged.set(bookmarksChanged.get() + 1)
}
