import { Field, ID, ObjectType } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'
import { PageInfoType, pageInfoOf } from '@parley/platform/graphql/page-info'
import type { Page } from '@parley/platform/listing/read-page'
import { DateTimeResolver } from 'graphql-scalars'
import type { BookmarkNow } from '../application/list-bookmarks'
import { placeOf } from '../domain/bookmarks'
import { MessageType, messageView } from './message.types'

@ObjectType('Bookmark', { description: 'A message that the viewer has marked for themselves. Nobody else sees it.' })
export class BookmarkType {
  @Field(() => MessageType, { description: 'The message in its current state.' })
  message!: MessageType

  @Field(() => ID, { description: 'The id of the message.' })
  messageId!: string

  @Field(() => DateTimeResolver, { description: 'When the viewer marked it.' })
  at!: Date
}

@ObjectType('BookmarkEdge', { description: 'A bookmark with its position in the list.' })
export class BookmarkEdgeType {
  @Field(() => String, { description: 'The position in the list: pass it as `after` to continue from here.' })
  cursor!: string

  @Field(() => BookmarkType, { description: 'The bookmark.' })
  node!: BookmarkType
}

@ObjectType('BookmarkConnection', { description: 'A page of the list of bookmarks.' })
export class BookmarkConnectionType {
  @Field(() => [BookmarkEdgeType], { description: 'The bookmarks of the page, in order.' })
  edges!: BookmarkEdgeType[]

  @Field(() => PageInfoType, { description: 'The position of the page in the list.' })
  pageInfo!: PageInfoType
}

export function bookmarksView({ rows, ...pages }: Page<BookmarkNow>): BookmarkConnectionType {
  const edges = rows.map((one) => {
    const { message, messageId, at } = one
    return { cursor: cursorAt(placeOf(one)), node: { message: messageView(message), messageId, at } }
  })
  return { edges, pageInfo: pageInfoOf(edges, pages) }
}

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\/[0-9a-f-]{36}$/

const cursorAt = (place: string): string => Buffer.from(place).toString('base64url')

/** Throws `INVALID_INPUT` for anything that `cursorAt` does not create from a place. */
export function bookmarkPlaceAt(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (shape.test(place) && cursorAt(place) === cursor) return place
  throw new DomainError(
    'input',
    'INVALID_INPUT',
    'This is not a cursor of this list. Take one from an edge, or begin without one.',
  )
}
