import { Directive, Field, Int, ObjectType } from '@nestjs/graphql'
import { DateTimeResolver } from 'graphql-scalars'
import { type Mute, muteAt } from '../domain/mute'

@ObjectType('Mute', { description: 'Whether the viewer wants to be told of a conversation, which only they see.' })
@Directive('@perViewer')
export class MuteType {
  @Field(() => Boolean, { description: 'They do not, at this moment.' })
  isMuted!: boolean

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: 'When it ends by itself; null when it is not muted, and for as long as the viewer does not unmute it.',
  })
  until!: Date | null

  @Field(() => Int, {
    description: 'How often the viewer has changed it: of two answers, the higher one is the later.',
  })
  revision!: number
}

export function muteView(mute: Mute): MuteType {
  const { isMuted, until, revision } = muteAt(mute, new Date())
  return { isMuted, until, revision }
}
