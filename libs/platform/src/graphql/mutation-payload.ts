import { Directive, Field, InterfaceType, ObjectType } from '@nestjs/graphql'
import { DomainError, InvalidFields } from '@parley/kernel/errors'

const codeDescription = 'The code of the error for clients, in capitals; the list is open.'
const messageDescription = 'A sentence for the person: what to do.'

@InterfaceType('UserError', {
  description: 'An error that a person can correct: nothing was done.',
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
  description: 'An error in one field of the input.',
})
@Directive('@shareable')
class InvalidFieldType extends UserErrorType {
  @Field(() => String, { description: 'The name of the field in the input.' })
  field!: string
}

@ObjectType('Refusal', {
  implements: () => [UserErrorType],
  description: 'A refusal that is not about one field of the input.',
})
@Directive('@shareable')
class RefusalType extends UserErrorType {}

/** Reachable only through their interface, so every subgraph with mutations lists them in `orphanedTypes`. */
export const userErrorTypes = [InvalidFieldType, RefusalType]

/** The fields of every mutation's payload. */
@ObjectType({ isAbstract: true })
export abstract class PayloadType {
  @Field(() => [UserErrorType], { description: 'The errors that a person can correct; empty on success.' })
  @Directive('@listSize(assumedSize: 3)')
  errors!: UserErrorType[]
}

type UserErrorView =
  (InvalidFieldType & { readonly __typename: 'InvalidField' }) | (RefusalType & { readonly __typename: 'Refusal' })

/**
 * The payload of a mutation: its result, or the errors that a person can correct. NOT_FOUND, and everything that is not
 * about the request (rate limits, sessions, outages, an unknown outcome), fails the field as in a query.
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
