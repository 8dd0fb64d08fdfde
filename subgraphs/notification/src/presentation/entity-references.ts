import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'

/** Types that other subgraphs own and describe; here they are only referred to. */
@ObjectType('Conversation', { description: 'A place where people write to each other.' })
@Directive('@key(fields: "id", resolvable: false)')
export class ConversationReference {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string
}

@ObjectType('User', { description: 'Somebody with an account.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string
}
