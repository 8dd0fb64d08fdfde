import type { Command } from '@nestjs/cqrs'
import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { conversationId, userId } from '@parley/kernel/ids'
import { AnnounceChange } from '../application/announce-change'
import { ForgetLeaver } from '../application/forget-leaver'
import { NotifyOfJoining } from '../application/notify-of-joining'
import { NotifyOfMessage } from '../application/notify-of-message'
import { RecordReading } from '../application/record-reading'

/** What each event of others makes this subgraph do; null for nothing. */
export function commandFor(event: AnyIntegrationEvent): Command<void> | null {
  const common = { eventId: event.id, at: new Date(event.time) }
  switch (event.type) {
    case 'MessageSent': {
      const { seq, authorId, excerpt } = event.data
      return new NotifyOfMessage({ ...common, conversationId: here(event), seq, authorId: userId(authorId), excerpt })
    }
    case 'MessageRead':
      return new RecordReading(userId(event.data.userId), here(event), event.data.seq)
    case 'ConversationStarted': {
      const joinerIds = event.data.members.map((member) => userId(member.userId))
      return new NotifyOfJoining({
        ...common,
        conversationId: here(event),
        actorId: userId(event.data.actorId),
        joinerIds,
      })
    }
    case 'MemberJoined': {
      const { actorId, memberId } = event.data
      return new NotifyOfJoining({
        ...common,
        conversationId: here(event),
        actorId: userId(actorId),
        joinerIds: [userId(memberId)],
      })
    }
    case 'MemberLeft':
      return new ForgetLeaver(here(event), userId(event.data.memberId))
    case 'TitleChanged':
      return new AnnounceChange(here(event))
    default:
      return null
  }
}

const here = (event: { readonly data: { readonly conversationId: string } }) =>
  conversationId(event.data.conversationId)
