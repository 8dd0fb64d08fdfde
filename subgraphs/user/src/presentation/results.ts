import { Directive, Field, ObjectType } from '@nestjs/graphql'

/** A member of a result union: it says itself which one it is. */
export type Named<Name extends string, Type> = Type & { readonly __typename: Name }
export const byTypename = (value: { readonly __typename: string }): string => value.__typename

@ObjectType({ description: 'Something about one field that was sent.' })
export class InvalidField {
  @Field(() => String, { description: 'Which one: username, displayName or password.' })
  field!: string

  @Field(() => String, { description: 'A sentence for the person: what the field takes.' })
  message!: string
}

@ObjectType({ description: 'Fields do not hold what they should. All faults are listed at once.' })
export class InvalidFields {
  @Field(() => [InvalidField], { description: 'One for each fault.' })
  @Directive('@listSize(assumedSize: 5)')
  fields!: InvalidField[]
}
