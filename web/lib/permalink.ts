import { conversationPath, placeOf } from './place'
import { isUuid } from './uuid'

/** The address of a message: it opens its conversation there. */
export interface Permalink {
  readonly conversationId: string
  readonly messageId: string
}

export const permalinkPath = ({ conversationId, messageId }: Permalink): string =>
  `${conversationPath(conversationId)}?message=${messageId}`

/** What an address of this installation leads to; null for all others. */
export function permalinkIn(href: string, origin: string): Permalink | null {
  if (!URL.canParse(href, origin)) return null
  const url = new URL(href, origin)
  const place = url.origin === origin ? placeOf(url.pathname, url.search) : null
  if (place?.kind !== 'conversation' || place.messageId === null || !isUuid(place.messageId)) return null
  return { conversationId: place.id, messageId: place.messageId.toLowerCase() }
}
