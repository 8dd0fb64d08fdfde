import { createUnionType, Field, InputType, ObjectType } from '@nestjs/graphql'
import { byTypename, InvalidFields, type Named } from './results'
import { UserType } from './user.types'

@InputType({ description: 'What changes about the viewer.' })
export class UpdateProfileInput {
  @Field(() => String, { description: 'What to be called: 1 to 50 characters.' })
  displayName!: string
}

@ObjectType({ description: 'The profile has changed.' })
export class ProfileUpdated {
  @Field(() => UserType, { description: 'The viewer, as everybody sees them now.' })
  user!: UserType
}

export const UpdateProfileResultUnion = createUnionType({
  name: 'UpdateProfileResult',
  description: 'How a change of the profile ends.',
  types: () => [ProfileUpdated, InvalidFields] as const,
  resolveType: byTypename,
})
export type UpdateProfileResultView = Named<'ProfileUpdated', ProfileUpdated> | Named<'InvalidFields', InvalidFields>
