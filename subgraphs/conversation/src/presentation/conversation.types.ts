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
  description: 'What sort of conversation it is.',
  valuesMap: {
    DIRECT: { description: 'Between two people, for ever: they have one such conversation.' },
    GROUP: { description: 'Titled, with members who come and go.' },
  },
})

const MemberRoleEnum = { OWNER: 'owner', MEMBER: 'member' } as const satisfies Record<string, MemberRole>
registerEnumType(MemberRoleEnum, {
  name: 'MemberRole',
  description: 'What somebody is in a conversation.',
  valuesMap: {
    OWNER: {
      description:
        'Created the group, or has been there longest since its owner left. A direct conversation has no owner.',
    },
    MEMBER: { description: 'Takes part.' },
  },
})

@ObjectType('Conversation', {
  implements: () => [NodeType],
  description: entityDescriptions.Conversation,
})
@Directive('@key(fields: "id")')
export class ConversationType {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string

  @Field(() => ConversationKindEnum, { description: 'Direct or group.' })
  kind!: ConversationKind

  @Field(() => String, { nullable: true, description: 'What members call it; null for a direct conversation.' })
  title!: string | null

  @Field(() => Int, { description: `How many people are in it, at most ${limits.members}.` })
  memberCount!: number

  @Field(() => DateTimeResolver, { description: 'When it began.' })
  createdAt!: Date

  @Field(() => DateTimeResolver, {
    description:
      'When somebody last wrote, joined, left or renamed it, to within five seconds: the order of `conversations`.',
  })
  lastActivityAt!: Date
}

@ObjectType('Member', { description: 'Somebody in a conversation.' })
export class MemberType {
  @Field(() => ID, { description: 'Who it is.' })
  userId!: string

  @Field(() => UserReference, { nullable: true, description: 'Who it is; null while accounts cannot be reached.' })
  user!: UserReference

  @Field(() => MemberRoleEnum, { description: 'What they are in the conversation.' })
  role!: MemberRole

  @Field(() => DateTimeResolver, { description: 'Since when; the last time, for somebody who left and came back.' })
  joinedAt!: Date
}

@ObjectType('ConversationEdge', { description: 'A conversation at its place in the list.' })
export class ConversationEdgeType {
  @Field(() => String, { description: 'Names the place: pass it as `after` to go on from here.' })
  cursor!: string

  @Field(() => ConversationType, { description: 'The conversation.' })
  node!: ConversationType
}

@ObjectType('ConversationConnection', { description: 'A page of a list of conversations.' })
export class ConversationConnectionType {
  @Field(() => [ConversationEdgeType], { description: 'The conversations of the page in their order.' })
  edges!: ConversationEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType
}
