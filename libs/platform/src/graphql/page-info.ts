import { Directive, Field, ObjectType } from '@nestjs/graphql'

@ObjectType('PageInfo', { description: 'The position of a page in its list.' })
@Directive('@shareable')
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are more rows after this page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there are more rows before this page.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge; null for an empty page.' })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge; null for an empty page.' })
  endCursor!: string | null
}

interface Pages {
  readonly hasPreviousPage: boolean
  readonly hasNextPage: boolean
}

export const pageInfoOf = (edges: readonly { readonly cursor: string }[], pages: Pages): PageInfoType => ({
  hasNextPage: pages.hasNextPage,
  hasPreviousPage: pages.hasPreviousPage,
  startCursor: edges[0]?.cursor ?? null,
  endCursor: edges.at(-1)?.cursor ?? null,
})
