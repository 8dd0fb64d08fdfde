import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql'
import { PageInfoType } from '@parley/platform/graphql/page-info'
import { DateTimeResolver } from 'graphql-scalars'
import type { NotificationKind } from '../domain/notification'
import { ConversationReference, UserReference } from './entity-references'

const NotificationKindEnum = { ADDED: 'ADDED' } as const satisfies Record<NotificationKind, NotificationKind>
registerEnumType(NotificationKindEnum, {
  name: 'NotificationKind',
  description: 'Why a person is told.',
  valuesMap: { ADDED: { description: 'The actor added them to the conversation, or began it with them.' } },
})

@ObjectType('Notification', { description: 'Something that the viewer is told.' })
export class NotificationType {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string

  @Field(() => NotificationKindEnum, { description: 'Why the viewer is told.' })
  kind!: NotificationKind

  @Field(() => ID, { description: 'Where it happened.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'Where it happened; null while conversations cannot be reached.',
  })
  conversation!: ConversationReference

  @Field(() => ID, { description: 'Who did it.' })
  actorId!: string

  @Field(() => UserReference, { nullable: true, description: 'Who did it; null while accounts cannot be reached.' })
  actor!: UserReference

  @Field(() => DateTimeResolver, { description: 'When it happened.' })
  at!: Date
}

@ObjectType('NotificationEdge', { description: 'A notification at its place in the list.' })
export class NotificationEdgeType {
  @Field(() => String, { description: 'Names the place: pass it as `after` to go on from here.' })
  cursor!: string

  @Field(() => NotificationType, { description: 'The notification.' })
  node!: NotificationType
}

@ObjectType('NotificationConnection', { description: 'A page of the list of notifications.' })
export class NotificationConnectionType {
  @Field(() => [NotificationEdgeType], { description: 'The notifications of the page in their order.' })
  edges!: NotificationEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType
}
