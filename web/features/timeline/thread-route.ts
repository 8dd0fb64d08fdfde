'use client'

import { useSearchParams } from 'next/navigation'

const marker = 'parleyThread'

/** The root of the thread that is open beside the conversation; null for none. It is in the address, so that Back closes it. */
export const useOpenThread = (): string | null => useSearchParams().get('thread')

/** What had the focus when a thread was opened: it gets it back. */
let opener: HTMLElement | null = null

export function openThread(conversationId: string, rootId: string): void {
  const params = new URLSearchParams(window.location.search)
  const isOpen = params.has('thread')
  if (!isOpen) opener = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const address = `/c/${conversationId}?thread=${rootId}`
  if (isOpen) window.history.replaceState(window.history.state, '', address)
  else window.history.pushState({ [marker]: true }, '', address)
}

export function closeThread(conversationId: string): void {
  const state: unknown = window.history.state
  // Opened by a click: the entry before is the conversation alone.
  if (typeof state === 'object' && state !== null && marker in state) window.history.back()
  else window.history.replaceState(null, '', `/c/${conversationId}`)
}

/** After it was closed: what opened it, or the message that it is about, or nothing when something else has the focus. */
export function returnFocus(rootId: string, fallback: HTMLElement | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (!isLost) return
  const row = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(rootId)}"]`)
  const target = opener?.isConnected === true && opener !== document.body ? opener : (row ?? fallback)
  opener = null
  target?.focus({ preventScroll: true })
}
