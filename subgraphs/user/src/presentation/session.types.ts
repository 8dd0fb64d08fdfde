import { Field, InputType, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import { DateTimeResolver } from 'graphql-scalars'
import { UserType } from './user.types'

const { passwordLength, usernameLength } = limits

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, {
    description: `${usernameLength.min} to ${usernameLength.max} characters: letters a to z, digits and underscores; upper case is converted to lower case.`,
  })
  username!: string

  @Field(() => String, { description: `The display name: 1 to ${limits.displayNameLength} characters.` })
  displayName!: string

  @Field(() => String, { description: `${passwordLength.min} to ${passwordLength.max} characters.` })
  password!: string
}

@InputType({ description: 'The username and password.' })
export class LogInInput {
  @Field(() => String, { description: 'The username, in upper or lower case.' })
  username!: string

  @Field(() => String, { description: 'The password of the account.' })
  password!: string
}

const userDescription = 'Who the viewer is now; null with errors.'
const expiryDescription = 'When the access token expires: call refreshSession shortly before. Null with errors.'

@ObjectType({ description: 'A new account, signed in. The tokens travel in httpOnly cookies only.' })
export class RegisterPayload extends PayloadType {
  @Field(() => UserType, { nullable: true, description: userDescription })
  user?: UserType

  @Field(() => DateTimeResolver, { nullable: true, description: expiryDescription })
  accessTokenExpiresAt?: Date
}

@ObjectType({ description: 'The viewer is signed in. The tokens travel in httpOnly cookies only.' })
export class LogInPayload extends PayloadType {
  @Field(() => UserType, { nullable: true, description: userDescription })
  user?: UserType

  @Field(() => DateTimeResolver, { nullable: true, description: expiryDescription })
  accessTokenExpiresAt?: Date
}

@ObjectType({ description: 'The session was refreshed.' })
export class RefreshSessionPayload extends PayloadType {
  @Field(() => UserType, { nullable: true, description: 'The user of the session; null with errors.' })
  user?: UserType

  @Field(() => DateTimeResolver, { nullable: true, description: expiryDescription })
  accessTokenExpiresAt?: Date
}

@ObjectType({ description: 'The viewer is signed out on this device.' })
export class LogOutPayload extends PayloadType {
  @Field(() => Boolean, { nullable: true, description: 'True, also when there was no session. Null with errors.' })
  ok?: boolean
}
