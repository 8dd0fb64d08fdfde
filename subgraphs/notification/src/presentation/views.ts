import { DomainError } from '@parley/kernel/errors'
import { pageInfoOf } from '@parley/platform/graphql/page-info'
import type { Page } from '@parley/platform/listing/read-page'
import { type Notification, placeOf } from '../domain/notification'
import type { NotificationConnectionType, NotificationType } from './notification.types'

/** Whitelists what leaves this subgraph, field by field. */
const notificationView = ({ id, kind, conversationId, messageId, actorId, at }: Notification): NotificationType => ({
  id,
  kind,
  conversationId,
  conversation: { id: conversationId },
  messageId,
  actorId,
  actor: { id: actorId },
  at,
})

export function connectionView({ rows, ...pages }: Page<Notification>): NotificationConnectionType {
  const edges = rows.map((one) => ({ cursor: cursorAt(placeOf(one)), node: notificationView(one) }))
  return { edges, pageInfo: pageInfoOf(edges, pages) }
}

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\/[0-9a-f-]{36}:[0-9a-f-]{36}$/

export const cursorAt = (place: string): string => Buffer.from(place).toString('base64url')

/** Throws `INVALID_INPUT` for anything that `cursorAt` does not create from a place. */
export function placeAt(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (shape.test(place) && cursorAt(place) === cursor) return place
  throw new DomainError(
    'input',
    'INVALID_INPUT',
    'This is not a cursor of this list. Take one from an edge, or begin without one.',
  )
}
