import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** A reference to the type of the user subgraph. */
@ObjectType('User', { description: entityDescriptions.User })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
