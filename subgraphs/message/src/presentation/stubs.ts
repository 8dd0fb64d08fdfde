import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'

/** The user subgraph owns the type; here it is only referred to. */
@ObjectType('User', { description: 'Somebody with an account.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserStub {
  @Field(() => ID, { description: 'The account this stands for.' })
  id!: string
}

/** The conversation subgraph owns the type; this one adds what the timeline knows of it. */
@ObjectType('Conversation', { description: 'A place where people write to each other.' })
@Directive('@key(fields: "id")')
export class ConversationStub {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string
}
