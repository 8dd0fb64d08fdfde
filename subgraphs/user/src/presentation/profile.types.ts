import { Field, InputType, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import { UserType } from './user.types'

@InputType({ description: "A change of the viewer's profile." })
export class UpdateProfileInput {
  @Field(() => String, { description: `The new display name: 1 to ${limits.displayNameLength} characters.` })
  displayName!: string
}

@ObjectType({ description: 'The changed profile of the viewer.' })
export class UpdateProfilePayload extends PayloadType {
  @Field(() => UserType, { nullable: true, description: 'The viewer after the change; null with errors.' })
  user?: UserType
}
