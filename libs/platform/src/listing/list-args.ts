import type { Type } from '@nestjs/common'
import { ArgsType, Directive, Field, Int } from '@nestjs/graphql'
import { maxListed } from './read-page'

export interface ListArgs {
  readonly first?: number | null
  readonly after?: string | null
}

/** The arguments of a list whose default page has `usual` rows. */
export function listArgs(usual: number): Type<ListArgs> {
  @ArgsType()
  class Args implements ListArgs {
    @Field(() => Int, {
      nullable: true,
      defaultValue: usual,
      description: `The largest number of rows, 1 to ${maxListed}.`,
    })
    readonly first?: number | null

    @Field(() => String, {
      nullable: true,
      description: 'The cursor of the edge to continue from; without it from the beginning.',
    })
    readonly after?: string | null
  }
  return Args
}

/** The cost of a page of such a list. */
export const ListCost = (usual: number): MethodDecorator =>
  Directive(
    `@listSize(slicingArguments: ["first"], sizedFields: ["edges"], assumedSize: ${usual}, requireOneSlicingArgument: false)`,
  )
