import { Injectable } from '@nestjs/common'
import type { MessageId } from '@parley/kernel/ids'
import { evolve, type Message, messageIdOf } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'

/** Messages as the projection has them: milliseconds behind the log at most while all is well. */
export abstract class Messages {
  abstract byId(ids: readonly MessageId[]): Promise<readonly Message[]>
}

/** An event, with the message that it is about as it is now. */
export type EventNow = TimelineEvent & { readonly message: Message | null }

/** An event as it happened, which at that moment is how the message is. */
export const asItHappened = (event: TimelineEvent): EventNow => ({ ...event, message: evolve(null, event) })

/** Shows old events with their messages as they are now, which is never older than what the event itself says. */
@Injectable()
export class CurrentMessages {
  constructor(private readonly messages: Messages) {}

  async asOfNow(event: TimelineEvent): Promise<EventNow> {
    const [now] = await this.allAsOfNow([event])
    return now ?? asItHappened(event)
  }

  async allAsOfNow(events: readonly TimelineEvent[]): Promise<readonly EventNow[]> {
    const ids = events.flatMap((event) => messageIdOf(event) ?? [])
    const projected = new Map((await this.messages.byId(ids)).map((message) => [message.id, message]))
    return events.map((event) => {
      const id = messageIdOf(event)
      return { ...event, message: id === null ? null : evolve(projected.get(id) ?? null, event) }
    })
  }
}
