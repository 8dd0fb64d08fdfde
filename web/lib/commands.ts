import { Store } from './store'

/** What is open above everything else, at most one: several places open each of them. */
export type Opened = 'switcher' | 'new group' | 'keys'

export const openedStore = new Store<Opened | null>(null)

/** Where one finds a conversation or a person by name, and goes there. */
export const openSwitcher = (): void => openedStore.set('switcher')

export const openNewGroup = (): void => openedStore.set('new group')

/** Tells all keys. */
export const openKeys = (): void => openedStore.set('keys')

export const closeOpened = (): void => openedStore.set(null)

/** Marks the open conversation as read and goes to its end; null when none is shown. The list that shows it sets this. */
export const markReadHere = new Store<(() => void) | null>(null)
