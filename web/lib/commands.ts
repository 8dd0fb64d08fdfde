import { Store } from './store'

/** Whether the dialog that finds people and conversations is open; many places may open it. */
export const finderStore = new Store(false)

export function openFinder(): void {
  finderStore.set(true)
}

export function closeFinder(): void {
  finderStore.set(false)
}

/** The keys that open it, as they are printed on this person's keyboard. */
export function finderKeys(): string {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'
}
