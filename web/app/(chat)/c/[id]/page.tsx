import { SidePaneLayout } from '../../../../components/side-pane'
import { ConversationHeader } from '../../../../features/conversations/conversation-header'
import { DetailsButton } from '../../../../features/details/details-button'
import { DetailsPane } from '../../../../features/details/details-pane'
import { PinnedButton } from '../../../../features/timeline/pinned-button'
import { ThreadPane } from '../../../../features/timeline/thread-pane'
import { TimelinePane } from '../../../../features/timeline/timeline-pane'

interface Props {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ message?: string | string[] }>
}

export default async function ConversationPage({ params, searchParams }: Props) {
  const { id } = await params
  const { message } = await searchParams
  return (
    <SidePaneLayout
      panes={
        <>
          <ThreadPane conversationId={id} />
          <DetailsPane conversationId={id} />
        </>
      }
    >
      <ConversationHeader conversationId={id}>
        <PinnedButton conversationId={id} />
        <DetailsButton conversationId={id} />
      </ConversationHeader>
      <TimelinePane conversationId={id} messageId={typeof message === 'string' ? message : null} />
    </SidePaneLayout>
  )
}
