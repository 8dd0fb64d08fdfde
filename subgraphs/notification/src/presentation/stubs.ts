import { Directive, Field, ID, ObjectType } from '@nestjs/graphql'

/** The conversation subgraph owns the type; here it is only referred to. */
@ObjectType('Conversation', { description: 'A place where people write to each other.' })
@Directive('@key(fields: "id", resolvable: false)')
export class ConversationStub {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string
}
