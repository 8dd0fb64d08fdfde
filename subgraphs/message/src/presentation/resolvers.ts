import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { ConversationSigns } from '../application/conversation-signs'
import { FollowInbox } from '../application/follow-inbox'
import { FollowReadPositions } from '../application/follow-read-positions'
import { FollowTimeline } from '../application/follow-timeline'
import { FollowTyping } from '../application/follow-typing'
import { BookmarkResolver } from './bookmark.resolver'
import { ConversationResolver } from './conversation.resolver'
import { InboxResolver } from './inbox.resolver'
import { MessageResolver } from './message.resolver'
import { MuteResolver } from './mute.resolver'
import { PinResolver } from './pin.resolver'
import { ReactionResolver } from './reaction.resolver'
import { ThreadResolver } from './thread.resolver'
import { ReadingResolver } from './reading.resolver'
import { TimelineResolver } from './timeline.resolver'
import { eventTypes } from './timeline.types'
import { TypingResolver } from './typing.resolver'
import { VersionResolver } from './version.resolver'

/** The parts of this subgraph's schema; the SDL is printed from these lists. */
export const resolvers = [
  ConversationResolver,
  MessageResolver,
  VersionResolver,
  ReactionResolver,
  PinResolver,
  BookmarkResolver,
  ReadingResolver,
  MuteResolver,
  TimelineResolver,
  ThreadResolver,
  InboxResolver,
  TypingResolver,
]
/** What opens the live streams behind the subscriptions. */
export const streams = [FollowTimeline, FollowInbox, ConversationSigns, FollowTyping, FollowReadPositions]
export const orphanedTypes = [...Object.values(eventTypes), ...userErrorTypes]
export const directives = ['@inaccessible', '@key', '@listSize', '@shareable']
