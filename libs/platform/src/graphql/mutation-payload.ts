import { Directive, Field, InterfaceType, ObjectType } from '@nestjs/graphql'
import { DomainError, InvalidFields } from '@parley/kernel/errors'

const codeDescription = 'What a client may decide by: a word in capitals, of an open list.'
const messageDescription = 'A sentence for the person: what to do.'

@InterfaceType('UserError', {
  description: 'Something that a person can mend: nothing was done.',
  resolveType: ({ __typename }: UserErrorView) => __typename,
})
export abstract class UserErrorType {
  @Field(() => String, { description: codeDescription })
  code!: string

  @Field(() => String, { description: messageDescription })
  message!: string
}

@ObjectType('InvalidField', {
  implements: () => [UserErrorType],
  description: 'Something about one field that was sent.',
})
@Directive('@shareable')
class InvalidFieldType extends UserErrorType {
  @Field(() => String, { description: 'Which one, by its name in the input.' })
  field!: string
}

@ObjectType('Refusal', {
  implements: () => [UserErrorType],
  description: 'A refusal that no one field is to blame for.',
})
@Directive('@shareable')
class RefusalType extends UserErrorType {}

/** Reached only through their interface: among the `orphanedTypes` of every subgraph with mutations. */
export const userErrorTypes = [InvalidFieldType, RefusalType]

/** What every mutation's payload begins with. */
@ObjectType({ isAbstract: true })
export abstract class PayloadType {
  @Field(() => [UserErrorType], { description: 'What the person can mend; empty when it was done.' })
  @Directive('@listSize(assumedSize: 3)')
  errors!: UserErrorType[]
}

type UserErrorView =
  (InvalidFieldType & { readonly __typename: 'InvalidField' }) | (RefusalType & { readonly __typename: 'Refusal' })

/**
 * The payload of a mutation: what it brought, or what the person can mend. NOT_FOUND, and whatever is not about the request
 * (rate limits, sessions, outages, an unknown outcome), fails the field as it does in a query.
 */
export async function mutationPayload<Result extends object>(
  run: () => Promise<Result>,
): Promise<PayloadType | (Result & PayloadType)> {
  try {
    return { ...(await run()), errors: [] }
  } catch (error) {
    if (!isMendable(error)) throw error
    return { errors: userErrors(error) }
  }
}

const isMendable = (error: unknown): error is DomainError =>
  error instanceof DomainError &&
  (error.category === 'input' || error.category === 'state') &&
  error.code !== 'NOT_FOUND'

const userErrors = (error: DomainError): UserErrorView[] =>
  error instanceof InvalidFields
    ? error.faults.map(({ field, code, message }) => ({ __typename: 'InvalidField', field, code, message }))
    : [{ __typename: 'Refusal', code: error.code, message: error.message }]
