import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'

@ObjectType('User', { description: 'Somebody with an account, as everybody who is signed in may see them.' })
@Directive('@key(fields: "id")')
export class UserType {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string

  @Field(() => String, { description: 'What they are found by: unique, in lower case, never changed.' })
  username!: string

  @Field(() => String, { description: 'What they are called.' })
  displayName!: string

  @Field(() => DateTimeResolver, { description: 'When the account was made.' })
  createdAt!: Date
}
