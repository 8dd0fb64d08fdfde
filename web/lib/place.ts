import { isUuid } from './uuid'

/** What is open beside a conversation: a thread, by its root, or the details of the conversation. */
export type SidePane = { readonly kind: 'thread'; readonly rootId: string } | { readonly kind: 'details' }

export interface ConversationPlace {
  readonly kind: 'conversation'
  readonly id: string
  /** The message of a permalink, at which it is opened. */
  readonly messageId: string | null
  readonly beside: SidePane | null
}

/** What an address of this client shows. */
export type Place =
  | ConversationPlace
  | { readonly kind: 'list' }
  | { readonly kind: 'bookmarks' }
  | { readonly kind: 'threads' }
  | { readonly kind: 'login' }
  | { readonly kind: 'register' }
  /** A conversation that cannot be one. */
  | { readonly kind: 'nowhere' }

const pages = new Map<string, Place>([
  ['/', { kind: 'list' }],
  ['/bookmarks', { kind: 'bookmarks' }],
  ['/threads', { kind: 'threads' }],
  ['/login', { kind: 'login' }],
  ['/register', { kind: 'register' }],
])

const conversation = /^\/c\/([^/]+)$/

/** Null for an address at which there is no page. Decides for the server and for the browser. */
export function placeOf(pathname: string, search = ''): Place | null {
  const path = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  const id = conversation.exec(path)?.[1]
  if (id === undefined) return pages.get(path) ?? null
  if (!isUuid(id)) return { kind: 'nowhere' }
  const params = new URLSearchParams(search)
  return { kind: 'conversation', id: id.toLowerCase(), messageId: params.get('message'), beside: besideIn(params) }
}

function besideIn(params: URLSearchParams): SidePane | null {
  const rootId = params.get('thread')
  if (rootId !== null) return { kind: 'thread', rootId }
  return params.has('details') ? { kind: 'details' } : null
}

/** The address of a conversation, with what is open beside it. */
export function conversationPath(id: string, beside: SidePane | null = null): string {
  if (beside === null) return `/c/${id}`
  return `/c/${id}?${beside.kind === 'thread' ? `thread=${beside.rootId}` : 'details'}`
}
