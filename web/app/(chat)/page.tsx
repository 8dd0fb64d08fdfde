import { NoConversation } from '../../features/conversations/no-conversation'

export default function HomePage() {
  return <NoConversation />
}
