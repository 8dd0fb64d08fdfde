import { userErrorTypes } from '@parley/platform/graphql/mutation-payload'
import { FollowInbox } from '../application/follow-inbox'
import { FollowTimeline } from '../application/follow-timeline'
import { ConversationResolver } from './conversation.resolver'
import { InboxResolver } from './inbox.resolver'
import { MessageResolver } from './message.resolver'
import { TimelineResolver } from './timeline.resolver'
import { eventTypes } from './timeline.types'

/** What the schema of this subgraph is made of; the SDL is printed from these lists. */
export const resolvers = [ConversationResolver, MessageResolver, TimelineResolver, InboxResolver]
/** What opens the live streams behind the subscriptions. */
export const streams = [FollowTimeline, FollowInbox]
export const orphanedTypes = [...Object.values(eventTypes), ...userErrorTypes]
export const directives = ['@key', '@listSize', '@shareable']
