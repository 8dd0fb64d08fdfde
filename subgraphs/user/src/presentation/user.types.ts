import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'
import { NodeType } from '@parley/platform/graphql/node'
import { DateTimeResolver } from 'graphql-scalars'

@ObjectType('User', {
  implements: () => [NodeType],
  description: entityDescriptions.User,
})
@Directive('@key(fields: "id")')
export class UserType {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string

  @Field(() => String, { description: 'The unique name for sign-in and search: in lower case, never changed.' })
  username!: string

  @Field(() => String, { description: 'The name that other users see.' })
  displayName!: string

  @Field(() => DateTimeResolver, { description: 'When the account was created.' })
  createdAt!: Date
}
