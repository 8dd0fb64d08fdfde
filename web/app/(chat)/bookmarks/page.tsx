import { BookmarksPane } from '../../../features/bookmarks/bookmarks-pane'

export default function BookmarksPage() {
  return <BookmarksPane />
}
