import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'

/** The user subgraph owns the type; here it is only referred to. */
@ObjectType('User', { description: 'Somebody with an account.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserStub {
  @Field(() => ID, { description: 'The account this stands for.' })
  id!: string
}
