import { Directive, Field, Int, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'
import type { VersionPage } from '../application/list-versions'

@ObjectType('MessageVersion', { description: 'A text that a message has, or had before its author edited it.' })
export class MessageVersionType {
  @Field(() => Int, { description: 'Counted from 1, which is the text that was sent, without a gap.' })
  number!: number

  @Field(() => String, { description: 'The text, as in `Message.text`.' })
  text!: string

  @Field(() => DateTimeResolver, { description: 'When its author sent it, or changed the message to it.' })
  at!: Date
}

@ObjectType('MessageVersionPage', { description: 'Versions of a message, without a gap.' })
export class MessageVersionPageType {
  @Field(() => [MessageVersionType], { description: 'The versions, the oldest first.' })
  @Directive('@listSize(assumedSize: 50)')
  versions!: MessageVersionType[]

  @Field(() => Boolean, { description: 'Whether there are versions before these.' })
  hasEarlier!: boolean

  @Field(() => Boolean, { description: 'Whether there are versions after these.' })
  hasLater!: boolean
}

/** Whitelists the fields of versions, one by one. */
export const versionPageView = ({ versions, hasEarlier, hasLater }: VersionPage): MessageVersionPageType => ({
  versions: versions.map(({ number, text, at }) => ({ number, text, at })),
  hasEarlier,
  hasLater,
})
