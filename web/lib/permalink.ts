/** The address of a message: it opens its conversation there. */
export interface Permalink {
  readonly conversationId: string
  readonly messageId: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const path = /^\/c\/([^/]+)\/?$/

export const permalinkPath = ({ conversationId, messageId }: Permalink): string =>
  `/c/${conversationId}?message=${messageId}`

/** What an address of this installation leads to; null for all others. */
export function permalinkIn(href: string, origin: string): Permalink | null {
  if (!URL.canParse(href, origin)) return null
  const url = new URL(href, origin)
  const conversationId = path.exec(url.pathname)?.[1] ?? ''
  const messageId = url.searchParams.get('message') ?? ''
  const isOne = url.origin === origin && uuid.test(conversationId) && uuid.test(messageId)
  return isOne ? { conversationId: conversationId.toLowerCase(), messageId: messageId.toLowerCase() } : null
}
