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
    case 'message.sent': {
      const { seq, authorId, excerpt } = event.data
      return new NotifyOfMessage({ ...common, conversationId: here(event), seq, authorId: userId(authorId), excerpt })
    }
    case 'message.read':
      return new RecordReading(userId(event.data.userId), here(event), event.data.seq)
    case 'conversation.started': {
      const joinerIds = event.data.members.map((member) => userId(member.userId))
      return new NotifyOfJoining({
        ...common,
        conversationId: here(event),
        actorId: userId(event.data.startedBy),
        joinerIds,
      })
    }
    case 'conversation.member-added': {
      const { addedBy, userId: joinerId } = event.data
      return new NotifyOfJoining({
        ...common,
        conversationId: here(event),
        actorId: userId(addedBy),
        joinerIds: [userId(joinerId)],
      })
    }
    case 'conversation.member-left':
      return new ForgetLeaver(here(event), userId(event.data.userId))
    case 'conversation.renamed':
      return new AnnounceChange(here(event))
    default:
      return null
  }
}

const here = (event: { readonly data: { readonly conversationId: string } }) =>
  conversationId(event.data.conversationId)
