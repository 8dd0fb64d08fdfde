import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** References to types of other subgraphs, with the owner's description. */
@ObjectType('Conversation', { description: entityDescriptions.Conversation })
@Directive('@key(fields: "id", resolvable: false)')
export class ConversationReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}

@ObjectType('User', { description: entityDescriptions.User })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
