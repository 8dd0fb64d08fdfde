import { ThreadList } from '../../../features/threads/thread-list'

export default function ThreadsPage() {
  return <ThreadList />
}
