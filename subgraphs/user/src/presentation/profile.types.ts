import { Field, InputType, ObjectType } from '@nestjs/graphql'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import { UserType } from './user.types'

@InputType({ description: 'What changes about the viewer.' })
export class UpdateProfileInput {
  @Field(() => String, { description: 'What to be called: 1 to 50 characters.' })
  displayName!: string
}

@ObjectType({ description: 'The viewer with what has changed.' })
export class UpdateProfilePayload extends PayloadType {
  @Field(() => UserType, { nullable: true, description: 'The viewer, as everybody sees them now; null with errors.' })
  user?: UserType
}
