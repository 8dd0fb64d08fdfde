import type { Person } from '../../../lib/people/people'
import { type Message, type MessageEvent, messageOf, messagesOf, type TimelineEvent } from './events'
import type { HistoryAnswer, HistoryPlace, TimelineSource } from './timeline-source'

/** The message that a thread is about. */
export interface ThreadRoot {
  readonly author: Person
  readonly at: string
  readonly message: Message
}

export interface ThreadAnswer extends HistoryAnswer {
  readonly root: ThreadRoot
}

/** Where threads are read from. */
export interface ThreadReader extends TimelineSource {
  /** At most `count` replies at a place, by lines of the thread. Rejects with a Failure. */
  thread(conversationId: string, rootId: string, place: HistoryPlace, count: number): Promise<ThreadAnswer>
}

/** A reply as a message of its thread's list. */
export const inThread = (message: Message): Message => {
  const { replyTo, threadId, threadLine: listLine } = message
  if (!replyTo || replyTo.threadId !== threadId) return { ...message, listLine }
  return { ...message, listLine, replyTo: { ...replyTo, listLine: replyTo.threadLine } }
}

/**
 * An event of the conversation as one of this thread's list, whose lines are those of the thread. One that concerns no
 * reply of it makes no line, but has its place in the log; when it changes a message, a reply may quote that.
 */
export function threadEvent(event: TimelineEvent, rootId: string): TimelineEvent {
  const message = messageOf(event)
  if (message?.threadId === rootId) {
    const line = event.type === 'MessageSent' ? message.threadLine : null
    return { ...event, line, message: inThread(message), root: null } as TimelineEvent
  }
  const { seq, at, actor } = event
  const changed = event.type === 'MessageSent' || message === null ? {} : { message: { ...message, listLine: null } }
  return { type: 'Elsewhere', seq, at, actor, line: null, ...changed } as unknown as TimelineEvent
}

/** The thread as a list of its own, which loads, follows and fills gaps as that of the conversation does. */
export function threadSource(
  reader: ThreadReader,
  rootId: string,
  learn: { readonly root: (root: ThreadRoot) => void; readonly message: (message: Message) => void },
): TimelineSource {
  const ofThread = (event: TimelineEvent) => threadEvent(event, rootId)
  return {
    // Only the thread itself tells.
    reading: () => null,
    history: async (conversationId, place, count) => {
      const { root, page, ...answer } = await reader.thread(conversationId, rootId, place, count)
      learn.root(root)
      return { ...answer, page: { ...page, events: page.events.map((event) => ofThread(event) as MessageEvent) } }
    },
    follow: (conversationId, cursor, sink) =>
      reader.follow(conversationId, cursor, {
        frame: (frame) => {
          for (const message of frame.events.flatMap(messagesOf)) learn.message(message)
          sink.frame({ ...frame, events: frame.events.map(ofThread) })
        },
        ended: (failure) => sink.ended(failure),
      }),
    connected: () => reader.connected(),
  }
}
