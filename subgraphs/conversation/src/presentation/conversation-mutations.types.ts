import { Field, ID, InputType, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import { ConversationType } from './conversation.types'

@InputType({ description: 'A direct conversation to open.' })
export class StartDirectConversationInput {
  @Field(() => ID, { description: 'The other person.' })
  userId!: string
}

@InputType({ description: 'A group to create.' })
export class CreateGroupConversationInput {
  @Field(() => ID, {
    description: 'A UUID made by the client, a new one for each group: a retry with the same contents creates it once.',
  })
  clientId!: string

  @Field(() => String, { description: `The title: one line of 1 to ${limits.titleLength} characters.` })
  title!: string

  @Field(() => [ID], {
    description: `The other members at the start; at most ${limits.members} members with the viewer, who owns it.`,
  })
  memberIds!: string[]
}

@InputType({ description: 'People to add to a group.' })
export class AddMembersInput {
  @Field(() => ID, { description: 'The id of the group.' })
  conversationId!: string

  @Field(() => [ID], {
    description: `The new members; present members stay unchanged. A group has at most ${limits.members} members.`,
  })
  userIds!: string[]
}

@InputType({ description: 'The group to leave.' })
export class LeaveConversationInput {
  @Field(() => ID, { description: 'The id of the group.' })
  conversationId!: string
}

@InputType({ description: 'A member to remove from a group.' })
export class RemoveMemberInput {
  @Field(() => ID, { description: 'The id of the group.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of the member. One who is not in the group is a success.' })
  userId!: string
}

@InputType({ description: 'A new title for a group.' })
export class RenameConversationInput {
  @Field(() => ID, { description: 'The id of the group.' })
  conversationId!: string

  @Field(() => String, { description: `The title: one line of 1 to ${limits.titleLength} characters.` })
  title!: string
}

@InputType({ description: 'What a group is about.' })
export class SetTopicInput {
  @Field(() => ID, { description: 'Which group.' })
  conversationId!: string

  @Field(() => String, {
    description: `One line of at most ${limits.topicLength} characters. One without a visible character clears the topic.`,
  })
  topic!: string
}

const conversationDescription = 'The conversation as it is now; null with errors.'

@ObjectType({ description: 'The direct conversation, new or existing.' })
export class StartDirectConversationPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The group; for a known client id the existing one.' })
export class CreateGroupConversationPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The group with its new members.' })
export class AddMembersPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The group without the removed member.' })
export class RemoveMemberPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The group with its new title.' })
export class RenameConversationPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The group with its new topic.' })
export class SetTopicPayload extends PayloadType {
  @Field(() => ConversationType, { nullable: true, description: conversationDescription })
  conversation?: ConversationType
}

@ObjectType({ description: 'The viewer is no longer a member.' })
export class LeaveConversationPayload extends PayloadType {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the group, which the viewer cannot see any more; null with errors.',
  })
  conversationId?: string
}
