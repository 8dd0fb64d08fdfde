import type { EventNow } from '../application/current-messages'
import type { TimelineFrame } from '../application/follower'
import type { HistoryPage } from '../application/get-history'
import { asItHappened } from '../application/current-messages'
import { rootIn } from '../domain/message'
import { type EventKind, type EventOf, lineOf, type TimelineEvent } from '../domain/timeline-event'
import { type MessageType, messageView } from './message.types'
import type { eventTypes, TimelineEventType, TimelineFrameType, TimelinePageType } from './timeline.types'

/** Whitelists what leaves this subgraph, field by field; a message in message.types.ts. */

/** The fields of every kind of event. */
const commonView = (event: TimelineEvent) => ({
  conversationId: event.conversationId,
  seq: event.seq,
  line: lineOf(event),
  at: event.at,
  actorId: event.actorId,
  actor: { id: event.actorId },
})

/** An event of one kind, as its type in the schema shows it, and what it shows beside what all kinds do. */
type EventView<Kind extends EventKind> = InstanceType<(typeof eventTypes)[Kind]>
type OwnView<Kind extends EventKind> = Omit<EventView<Kind>, keyof TimelineEventType>

const memberView = (memberId: string) => ({ memberId, member: { id: memberId } })

const pinView = (event: EventNow) => ({ message: messageOf(event), pinnedCount: event.pins ?? 0 })

const ownViews: { readonly [Kind in EventKind]: (event: EventNow & EventOf<Kind>) => OwnView<Kind> } = {
  MessageSent: (event) => ({ message: messageOf(event), root: rootView(event) }),
  MessageEdited: (event) => ({ message: messageOf(event) }),
  ReactionAdded: (event) => ({ emoji: event.data.emoji, message: messageOf(event) }),
  ReactionRemoved: (event) => ({ emoji: event.data.emoji, message: messageOf(event) }),
  MessageDeleted: (event) => ({ ...pinView(event), root: rootView(event) }),
  MessagePinned: pinView,
  MessageUnpinned: pinView,
  ConversationStarted: ({ data }) => ({ title: data.title }),
  MemberJoined: ({ data }) => memberView(data.memberId),
  MemberLeft: ({ data }) => memberView(data.memberId),
  TitleChanged: ({ data }) => ({ title: data.title }),
  TopicChanged: ({ data }) => ({ topic: data.topic }),
}

export function eventView(event: EventNow): EventView<EventKind> {
  const ownView = ownViews[event.type] as (event: EventNow) => object
  const view: object = { __typename: event.type, ...commonView(event), ...ownView(event) }
  return view as EventView<EventKind>
}

function messageOf({ message, quoted, seq }: EventNow): MessageType {
  if (message === null) throw new Error(`The event ${seq} is about a message and has none`)
  return messageView(message, quoted)
}

function rootView(event: EventNow): MessageType | null {
  const root = event.root ?? rootIn(event)
  return root === null ? null : messageView(root)
}

/** The root that the log has beside a reply is as old as the event: a page shows it where it stands, as it is now. */
function eventInPage(event: EventNow): EventView<EventKind> {
  const view = eventView(event)
  if ('root' in view) view.root = null
  return view
}

export const pageView = ({
  conversationId,
  events,
  hasEarlier,
  hasLater,
  aroundLine,
  headSeq,
}: HistoryPage): TimelinePageType => ({
  conversationId,
  conversation: { id: conversationId },
  events: events.map(eventInPage),
  hasEarlier,
  hasLater,
  aroundLine,
  headSeq,
})

/** In a live frame the state after the event is the current state. */
export const frameView = ({ events, seq, headSeq, formerMember }: TimelineFrame): TimelineFrameType => ({
  events: events.map((event) => eventView(asItHappened(event))),
  seq,
  headSeq,
  endsFor: formerMember === null ? [] : [formerMember],
  forgets: events.some(({ type }) => type === 'MessageDeleted'),
})
