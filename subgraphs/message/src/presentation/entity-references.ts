import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** A reference to the type of the user subgraph. */
@ObjectType('User', { description: entityDescriptions.User })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}

/** The type of the conversation subgraph; this subgraph adds the timeline fields. */
@ObjectType('Conversation', { description: entityDescriptions.Conversation })
@Directive('@key(fields: "id")')
@Directive('@perViewer')
export class ConversationReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
