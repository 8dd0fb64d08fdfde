'use client'

import { openPlace, placeStore, replacePlace } from './navigate'
import { conversationPath, type Place, type SidePane } from './place'
import { useStorePart } from './use-store'

const marker = 'parleyPane'

const besideOf = (place: Place): SidePane | null => (place.kind === 'conversation' ? place.beside : null)

/** What is open beside the conversation; null for nothing. It is in the address, so that Back closes it. */
export const useSidePane = (): SidePane | null => useStorePart(placeStore, besideOf)

/** The same, as it is now. */
export const openedPane = (): SidePane | null => besideOf(placeStore.get())

/** What had the focus when a pane was opened: it gets it back. */
let opener: HTMLElement | null = null

/** Opens it, in the place of the one that is open. */
export function openSidePane(conversationId: string, pane: SidePane): void {
  const isOpen = openedPane() !== null
  if (!isOpen) opener = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const address = conversationPath(conversationId, pane)
  if (isOpen) replacePlace(address, isMarked() ? { [marker]: true } : null)
  else openPlace(address, { [marker]: true })
}

export function closeSidePane(conversationId: string): void {
  // Opened by a click: the entry before is the conversation alone.
  if (isMarked()) window.history.back()
  else replacePlace(conversationPath(conversationId))
}

function isMarked(): boolean {
  const state: unknown = window.history.state
  return typeof state === 'object' && state !== null && marker in state
}

/** After it was closed: to what opened it, else to the fallback; nowhere when something else has the focus. */
export function returnFocus(fallback: () => HTMLElement | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (!isLost) return
  const target = opener?.isConnected === true && opener !== document.body ? opener : fallback()
  opener = null
  target?.focus({ preventScroll: true })
}
