import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** The user subgraph owns the type; here it is only referred to. */
@ObjectType('User', { description: entityDescriptions.User })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}

/** The conversation subgraph owns the type; this one adds what the timeline knows of it. */
@ObjectType('Conversation', { description: entityDescriptions.Conversation })
@Directive('@key(fields: "id")')
export class ConversationReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
