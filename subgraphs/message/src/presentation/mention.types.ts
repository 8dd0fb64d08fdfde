import { Field, ID, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import type { Mentions } from '../domain/mentions'

@ObjectType('Mentions', { description: 'Whom a message mentions: docs/text.md says how. Never its author.' })
export class MentionsType {
  @Field(() => [ID], {
    description: `The ids of the members whom it names, as of when it was written or edited: at most ${limits.mentions}.`,
  })
  userIds!: string[]

  @Field(() => Boolean, { description: 'It mentions all who were members then (`@all`).' })
  all!: boolean

  @Field(() => Boolean, { description: 'It mentions the members who were online then (`@here`).' })
  here!: boolean
}

/** What the two words stand for stays here: it would say who was online. */
export const mentionsView = ({ userIds, all, here }: Mentions): MentionsType => ({ userIds: [...userIds], all, here })
