'use client'

import { useSearchParams } from 'next/navigation'

/** What is open beside a conversation: a thread, by its root, or the details of the conversation. */
export type SidePane = { readonly kind: 'thread'; readonly rootId: string } | { readonly kind: 'details' }

const marker = 'parleyPane'

/** What is open beside the conversation; null for nothing. It is in the address, so that Back closes it. */
export const useSidePane = (): SidePane | null => paneIn(useSearchParams())

/** The same, as it is now. */
export const openedPane = (): SidePane | null => paneIn(new URLSearchParams(window.location.search))

function paneIn(params: Pick<URLSearchParams, 'get' | 'has'>): SidePane | null {
  const rootId = params.get('thread')
  if (rootId !== null) return { kind: 'thread', rootId }
  return params.has('details') ? { kind: 'details' } : null
}

/** What had the focus when a pane was opened: it gets it back. */
let opener: HTMLElement | null = null

/** Opens it, in the place of the one that is open. */
export function openSidePane(conversationId: string, pane: SidePane): void {
  const isOpen = openedPane() !== null
  if (!isOpen) opener = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const address = `/c/${conversationId}?${pane.kind === 'thread' ? `thread=${pane.rootId}` : 'details'}`
  if (isOpen) window.history.replaceState(window.history.state, '', address)
  else window.history.pushState({ [marker]: true }, '', address)
}

export function closeSidePane(conversationId: string): void {
  const state: unknown = window.history.state
  // Opened by a click: the entry before is the conversation alone.
  if (typeof state === 'object' && state !== null && marker in state) window.history.back()
  else window.history.replaceState(null, '', `/c/${conversationId}`)
}

/** After it was closed: to what opened it, else to the fallback; nowhere when something else has the focus. */
export function returnFocus(fallback: () => HTMLElement | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (!isLost) return
  const target = opener?.isConnected === true && opener !== document.body ? opener : fallback()
  opener = null
  target?.focus({ preventScroll: true })
}
