import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { PayloadType } from '@parley/platform/graphql/mutation-payload'
import { DateTimeResolver } from 'graphql-scalars'

export enum PresenceStateType {
  ONLINE = 'online',
  AWAY = 'away',
  OFFLINE = 'offline',
  UNKNOWN = 'unknown',
}

registerEnumType(PresenceStateType, {
  name: 'PresenceState',
  description: 'Whether a person is here.',
  valuesMap: {
    ONLINE: { description: 'They use at least one device.' },
    AWAY: { description: 'Devices are connected, and all of them are idle.' },
    OFFLINE: { description: 'No device is connected, and none was within the last half minute.' },
    UNKNOWN: { description: 'They or the viewer hide their presence, or it cannot be read at the moment.' },
  },
})

@ObjectType('UserStatus', {
  description: 'What a person says of themselves for a while: an emoji, a text or both.',
})
export class UserStatusType {
  @Field(() => String, { nullable: true, description: 'One emoji.' })
  emoji!: string | null

  @Field(() => String, { nullable: true, description: `One line of at most ${limits.statusLength} characters.` })
  text!: string | null

  @Field(() => DateTimeResolver, { nullable: true, description: 'When it ends by itself; null when it stays.' })
  expiresAt!: Date | null
}

@ObjectType('Presence', { description: 'Whether a person is here, and what they say of themselves.' })
export class PresenceType {
  @Field(() => ID, { description: 'The id of the person.' })
  userId!: string

  @Field(() => PresenceStateType, { description: 'Whether they are here, over all of their devices.' })
  state!: PresenceStateType

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: 'When they last used a device; null while they are online, and when it is unknown.',
  })
  lastSeenAt!: Date | null

  @Field(() => UserStatusType, { nullable: true, description: 'Their status; null without one.' })
  status!: UserStatusType | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the viewer hides their presence; null for other people.',
  })
  isHidden!: boolean | null
}

@ObjectType('PresenceRefusal', { description: 'A person whose presence the viewer may not see.' })
export class PresenceRefusalType {
  @Field(() => ID, { description: 'The id of the person.' })
  userId!: string

  @Field(() => String, { description: 'NO_SHARED_CONVERSATION; the list is open.' })
  code!: string

  @Field(() => String, { description: 'A sentence for the viewer.' })
  message!: string
}

@ObjectType('PresenceFrame', { description: 'What changed since the previous frame; the first one has everybody.' })
export class PresenceFrameType {
  @Field(() => [PresenceType], { description: 'The changed people, each in their current state.' })
  @Directive('@listSize(assumedSize: 20)')
  people!: PresenceType[]

  @Field(() => [PresenceRefusalType], {
    description: 'Those whom the viewer may not see, or not any more. They are in `people` when that changes.',
  })
  @Directive('@listSize(assumedSize: 5)')
  refused!: PresenceRefusalType[]
}

@InputType({ description: 'The new status of the viewer: an emoji, a text or both.' })
export class SetStatusInput {
  @Field(() => String, { nullable: true, description: 'One emoji.' })
  emoji?: string | null

  @Field(() => String, { nullable: true, description: `One line of at most ${limits.statusLength} characters.` })
  text?: string | null

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: 'When it ends by itself: in the future, and within a year. Without it the status stays.',
  })
  expiresAt?: Date | null
}

@InputType({ description: 'Who may see when the viewer is here.' })
export class SetPresencePrivacyInput {
  @Field(() => Boolean, {
    description:
      'True: nobody sees when the viewer is online or was last seen, and the viewer sees it of nobody. The status is seen all the same.',
  })
  isHidden!: boolean
}

@ObjectType({ isAbstract: true })
class OwnPresencePayload extends PayloadType {
  @Field(() => PresenceType, { nullable: true, description: 'The presence of the viewer after it; null with errors.' })
  presence?: PresenceType
}

@ObjectType({ description: 'The viewer with their new status.' })
export class SetStatusPayload extends OwnPresencePayload {}

@ObjectType({ description: 'The viewer without a status.' })
export class ClearStatusPayload extends OwnPresencePayload {}

@ObjectType({ description: 'The viewer with the new setting.' })
export class SetPresencePrivacyPayload extends OwnPresencePayload {}
