import { ConversationHeader } from '../../../../features/conversations/conversation-header'
import { TimelinePane } from '../../../../features/timeline/timeline-pane'

export default async function ConversationPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <>
      <ConversationHeader conversationId={id} />
      <TimelinePane conversationId={id} />
    </>
  )
}
