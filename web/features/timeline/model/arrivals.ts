import type { LineEvent, Message, MessageEvent } from './events'

/** The messages of others after a line of a list, except those that the list of the conversation has as well. */
export function arrivals(events: readonly LineEvent[], after: number, viewerId: string): readonly MessageEvent[] {
  return events.filter((event): event is MessageEvent => {
    if (event.type !== 'MessageSent' || event.line <= after || event.actor.id === viewerId) return false
    const { deletedAt, line, listLine }: Message = event.message
    return deletedAt === null && (listLine === undefined || line === null)
  })
}
