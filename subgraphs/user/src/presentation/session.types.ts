import { createUnionType, Field, InputType, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'
import { byTypename, InvalidFields, type Named } from './results'
import { UserType } from './user.types'

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, {
    description: '3 to 24 characters: letters a to z, digits and underscores; capitals become small.',
  })
  username!: string

  @Field(() => String, { description: 'What to be called: 1 to 50 characters.' })
  displayName!: string

  @Field(() => String, { description: '10 to 200 characters.' })
  password!: string
}

@InputType({ description: 'Who wants to log in.' })
export class LogInInput {
  @Field(() => String, { description: 'In capitals or small letters.' })
  username!: string

  @Field(() => String, { description: 'The password of the account.' })
  password!: string
}

@ObjectType({ description: 'The viewer is signed in. The tokens travel in httpOnly cookies only.' })
export class SignedIn {
  @Field(() => UserType, { description: 'Who the viewer is now.' })
  user!: UserType

  @Field(() => DateTimeResolver, { description: 'When the access token runs out: call refreshSession shortly before.' })
  accessTokenExpiresAt!: Date
}

@ObjectType({ description: 'Somebody else has this username.' })
export class UsernameTaken {
  @Field(() => String, { description: 'A sentence for the person.' })
  message!: string
}

@ObjectType({ description: 'There is no account with this username and this password.' })
export class InvalidCredentials {
  @Field(() => String, { description: 'A sentence for the person; it does not tell which of the two is wrong.' })
  message!: string
}

@ObjectType({ description: 'The session goes on.' })
export class RefreshSessionPayload {
  @Field(() => DateTimeResolver, { description: 'When the new access token runs out.' })
  accessTokenExpiresAt!: Date

  @Field(() => UserType, { description: 'Whose session it is.' })
  user!: UserType
}

@ObjectType({ description: 'The viewer is signed out on this device.' })
export class LogOutPayload {
  @Field(() => Boolean, { description: 'Always true: logging out twice is logging out.' })
  ok!: boolean
}

export const RegisterResultUnion = createUnionType({
  name: 'RegisterResult',
  description: 'How a registration ends.',
  types: () => [SignedIn, UsernameTaken, InvalidFields] as const,
  resolveType: byTypename,
})
export type RegisterResultView =
  Named<'SignedIn', SignedIn> | Named<'UsernameTaken', UsernameTaken> | Named<'InvalidFields', InvalidFields>

export const LogInResultUnion = createUnionType({
  name: 'LogInResult',
  description: 'How logging in ends.',
  types: () => [SignedIn, InvalidCredentials] as const,
  resolveType: byTypename,
})
export type LogInResultView = Named<'SignedIn', SignedIn> | Named<'InvalidCredentials', InvalidCredentials>
