import { Store } from './store'

/** Whether the dialog for finding people and conversations is open; several places open it. */
export const finderStore = new Store(false)

export function openFinder(): void {
  finderStore.set(true)
}

export function closeFinder(): void {
  finderStore.set(false)
}

/** The shortcut keys that open it, as labelled on this platform's keyboard. */
export function finderKeys(): string {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'
}
