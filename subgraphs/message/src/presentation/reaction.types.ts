import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import type { Reaction } from '../domain/reactions'
import { UserReference } from './entity-references'

@ObjectType('Reaction', { description: 'One emoji on a message, with those who reacted with it.' })
export class ReactionType {
  @Field(() => String, { description: 'One emoji of Unicode, with its variation selectors.' })
  emoji!: string

  @Field(() => Int, { description: 'How many people reacted with it.' })
  count!: number

  @Field(() => [ID], {
    description: `The ids of those who reacted with it, in the order in which they did: at most ${limits.reactions.people}.`,
  })
  userIds!: readonly string[]

  @Field(() => [UserReference], {
    nullable: 'items',
    description: 'The same people; null for each while accounts are unavailable.',
  })
  @Directive('@listSize(assumedSize: 5)')
  users!: UserReference[]
}

export const reactionView = ({ emoji, userIds }: Reaction): ReactionType => ({
  emoji,
  count: userIds.length,
  userIds,
  users: userIds.map((id) => ({ id })),
})
