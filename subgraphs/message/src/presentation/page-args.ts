import { ArgsType, Directive, Field, ID, Int } from '@nestjs/graphql'
import { messageId } from '@parley/kernel/ids'
import { DateTimeResolver } from 'graphql-scalars'
import { maxPage, type PageRange } from '../application/page-range'

export const pageDescription =
  'The events that make some lines of the timeline: the last ones, or those before, after or around one place. INVALID_INPUT for more than one place.'

/** The page arguments of any list that is read by its lines. */
@ArgsType()
export class LineArgs {
  @Field(() => Int, { nullable: true, description: 'The lines before this one; a line beyond the end means the end.' })
  before?: number | null

  @Field(() => Int, { nullable: true, description: 'The lines after this one; 0 for the first ones.' })
  after?: number | null

  @Field(() => Int, { nullable: true, description: 'The lines around this one; a line beyond the end means the end.' })
  around?: number | null

  @Field(() => Int, { nullable: true, description: `With after: the number of lines, 1 to ${maxPage}; 50 by default.` })
  first?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `Without after: the number of lines, 1 to ${maxPage}; 50 by default.`,
  })
  last?: number | null
}

/** The page arguments of a timeline. */
@ArgsType()
export class PageArgs extends LineArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'The lines around this message of the conversation, also when it was deleted.',
  })
  aroundMessage?: string | null

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: 'The lines around the first one at or after this time; the last ones when there is none.',
  })
  aroundDate?: Date | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'The lines around the first one that the viewer has not read; the last ones when there is none.',
  })
  aroundUnread?: boolean | null
}

/** Throws INVALID_INPUT for an id that is none. */
export const pageRange = ({ aroundMessage = null, ...range }: Partial<PageArgs>): PageRange => ({
  ...range,
  aroundMessage: aroundMessage === null ? null : messageId(aroundMessage),
})

/** The cost of a page, for a field with these arguments. `sized` is the field with its lines. */
export const PageCost = (sized = 'events'): MethodDecorator =>
  Directive(
    `@listSize(slicingArguments: ["first", "last"], sizedFields: ["${sized}"], assumedSize: 50, requireOneSlicingArgument: false)`,
  )
