import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql'
import { PageInfoType } from '@parley/platform/graphql/page-info'
import { DateTimeResolver } from 'graphql-scalars'
import type { NotificationKind } from '../domain/notification'
import { ConversationReference, UserReference } from './entity-references'

const NotificationKindEnum = { ADDED: 'ADDED', MENTIONED: 'MENTIONED' } as const satisfies Record<
  NotificationKind,
  NotificationKind
>
registerEnumType(NotificationKindEnum, {
  name: 'NotificationKind',
  description: 'Why a person is notified.',
  valuesMap: {
    ADDED: { description: 'The actor added them to the conversation, or started it with them.' },
    MENTIONED: { description: 'The actor mentioned them in a message, by name, with all or with those online.' },
  },
})

@ObjectType('Notification', { description: 'A notification of the viewer.' })
export class NotificationType {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string

  @Field(() => NotificationKindEnum, { description: 'Why the viewer is notified.' })
  kind!: NotificationKind

  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'The conversation; null while conversations are unavailable.',
  })
  conversation!: ConversationReference

  @Field(() => ID, { nullable: true, description: 'The id of the message that mentions them; null for other kinds.' })
  messageId!: string | null

  @Field(() => ID, { description: 'The id of the person who did it.' })
  actorId!: string

  @Field(() => UserReference, {
    nullable: true,
    description: 'The person who did it; null while accounts are unavailable.',
  })
  actor!: UserReference

  @Field(() => DateTimeResolver, { description: 'When it happened.' })
  at!: Date
}

@ObjectType('NotificationEdge', { description: 'A notification with its position in the list.' })
export class NotificationEdgeType {
  @Field(() => String, { description: 'The position in the list: pass it as `after` to continue from here.' })
  cursor!: string

  @Field(() => NotificationType, { description: 'The notification.' })
  node!: NotificationType
}

@ObjectType('NotificationConnection', { description: 'A page of the list of notifications.' })
export class NotificationConnectionType {
  @Field(() => [NotificationEdgeType], { description: 'The notifications of the page, in order.' })
  edges!: NotificationEdgeType[]

  @Field(() => PageInfoType, { description: 'The position of the page in the list.' })
  pageInfo!: PageInfoType
}
