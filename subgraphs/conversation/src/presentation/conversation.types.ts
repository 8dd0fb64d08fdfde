import { Directive, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'
import { limits } from '@parley/kernel/limits'
import { NodeType } from '@parley/platform/graphql/node'
import { PageInfoType } from '@parley/platform/graphql/page-info'
import { DateTimeResolver } from 'graphql-scalars'
import type { ConversationKind, MemberRole } from '../domain/conversation'
import { UserReference } from './entity-references'

const ConversationKindEnum = { DIRECT: 'direct', GROUP: 'group' } as const satisfies Record<string, ConversationKind>
registerEnumType(ConversationKindEnum, {
  name: 'ConversationKind',
  description: 'The kind of a conversation.',
  valuesMap: {
    DIRECT: { description: 'Between two people, who have only one such conversation.' },
    GROUP: { description: 'With a title, and members who can join and leave.' },
  },
})

const MemberRoleEnum = { OWNER: 'owner', MEMBER: 'member' } as const satisfies Record<string, MemberRole>
registerEnumType(MemberRoleEnum, {
  name: 'MemberRole',
  description: 'The role of a member in a conversation.',
  valuesMap: {
    OWNER: {
      description:
        'The creator of the group, or the longest-standing member after its owner left. A direct conversation has no owner.',
    },
    MEMBER: { description: 'An ordinary member.' },
  },
})

@ObjectType('Conversation', {
  implements: () => [NodeType],
  description: entityDescriptions.Conversation,
})
@Directive('@key(fields: "id")')
@Directive('@perViewer')
export class ConversationType {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string

  @Field(() => ConversationKindEnum, { description: 'Direct or group.' })
  kind!: ConversationKind

  @Field(() => String, { nullable: true, description: 'The title; null for a direct conversation.' })
  title!: string | null

  @Field(() => String, { nullable: true, description: 'What it is about, in one line; null when no topic is set.' })
  topic!: string | null

  @Field(() => Int, { description: `The number of members, at most ${limits.members}.` })
  memberCount!: number

  @Field(() => DateTimeResolver, { description: 'When it was started.' })
  createdAt!: Date

  @Field(() => DateTimeResolver, {
    description:
      'The time of the last message, joining, leaving or rename, accurate to five seconds: the order of `conversations`.',
  })
  lastActivityAt!: Date
}

@ObjectType('Member', { description: 'A member of a conversation.' })
export class MemberType {
  @Field(() => ID, { description: 'The id of the user.' })
  userId!: string

  @Field(() => UserReference, { nullable: true, description: 'The user; null while accounts are unavailable.' })
  user!: UserReference

  @Field(() => MemberRoleEnum, { description: 'The role in the conversation.' })
  role!: MemberRole

  @Field(() => DateTimeResolver, { description: 'When the user joined; the last time, for one who left and rejoined.' })
  joinedAt!: Date
}

@ObjectType('ConversationEdge', { description: 'A conversation with its position in the list.' })
export class ConversationEdgeType {
  @Field(() => String, { description: 'The position in the list: pass it as `after` to continue from here.' })
  cursor!: string

  @Field(() => ConversationType, { description: 'The conversation.' })
  node!: ConversationType
}

@ObjectType('ConversationConnection', { description: 'A page of a list of conversations.' })
export class ConversationConnectionType {
  @Field(() => [ConversationEdgeType], { description: 'The conversations of the page, in order.' })
  edges!: ConversationEdgeType[]

  @Field(() => PageInfoType, { description: 'The position of the page in the list.' })
  pageInfo!: PageInfoType
}
