import { ArgsType, Directive, Field, Int } from '@nestjs/graphql'
import { maxPage, type PageRange } from '../application/get-history'

/** The page arguments of a timeline. */
@ArgsType()
export class PageArgs implements PageRange {
  @Field(() => Int, { nullable: true, description: 'Only lines before this one; from the end when left out.' })
  before?: number | null

  @Field(() => Int, { defaultValue: 50, description: `The number of lines, 1 to ${maxPage}.` })
  last!: number
}

/** The cost of a page, for a field with these arguments. */
export const PageCost = (): MethodDecorator =>
  Directive(
    '@listSize(slicingArguments: ["last"], sizedFields: ["events"], assumedSize: 50, requireOneSlicingArgument: false)',
  )
