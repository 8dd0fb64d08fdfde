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

export const settingsSections = ['profile', 'appearance', 'notifications'] as const
export type SettingsSection = (typeof settingsSections)[number]

/** What an address of this client shows. */
export type Place =
  | ConversationPlace
  | { readonly kind: 'list' }
  | { readonly kind: 'bookmarks' }
  | { readonly kind: 'threads' }
  /** The settings: a section of them, or what there is to choose from. */
  | { readonly kind: 'settings'; readonly section: SettingsSection | null }
  /** What another app has handed over, which is to go to a conversation. */
  | { readonly kind: 'share'; readonly text: string }
  /** The list of conversations, with the way to a new one open. */
  | { readonly kind: 'new' }
  | { readonly kind: 'login' }
  | { readonly kind: 'register' }
  /** A conversation that cannot be one. */
  | { readonly kind: 'nowhere' }

const pages = new Map<string, Place>([
  ['/', { kind: 'list' }],
  ['/bookmarks', { kind: 'bookmarks' }],
  ['/threads', { kind: 'threads' }],
  ['/new', { kind: 'new' }],
  ['/settings', { kind: 'settings', section: null }],
  ...settingsSections.map((section): [string, Place] => [settingsPath(section), { kind: 'settings', section }]),
  ['/login', { kind: 'login' }],
  ['/register', { kind: 'register' }],
])

const conversation = /^\/c\/([^/]+)$/

/** Null for an address at which there is no page. Decides for the server and for the browser. */
export function placeOf(pathname: string, search = ''): Place | null {
  const path = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  const params = new URLSearchParams(search)
  if (path === '/share') return { kind: 'share', text: sharedText(params) }
  const id = conversation.exec(path)?.[1]
  if (id === undefined) return pages.get(path) ?? null
  if (!isUuid(id)) return { kind: 'nowhere' }
  return { kind: 'conversation', id: id.toLowerCase(), messageId: params.get('message'), beside: besideIn(params) }
}

function besideIn(params: URLSearchParams): SidePane | null {
  const rootId = params.get('thread')
  if (rootId !== null) return { kind: 'thread', rootId }
  return params.has('details') ? { kind: 'details' } : null
}

/** What is not there twice, each on a line of its own: many apps put the address into the text as well. */
function sharedText(params: URLSearchParams): string {
  const [title = '', text = '', url = ''] = ['title', 'text', 'url'].map((name) => params.get(name)?.trim())
  const lines = [text.includes(title) ? '' : title, text, text.includes(url) ? '' : url]
  return lines.filter((line) => line !== '').join('\n')
}

export function settingsPath(section: SettingsSection | null = null): string {
  return section === null ? '/settings' : `/settings/${section}`
}

/** The address of a conversation, with what is open beside it. */
export function conversationPath(id: string, beside: SidePane | null = null): string {
  if (beside === null) return `/c/${id}`
  return `/c/${id}?${beside.kind === 'thread' ? `thread=${beside.rootId}` : 'details'}`
}
