import { Store } from './store'

/** The open conversation in which the viewer has seen all that there is; null while there is none. */
export const caughtUp = new Store<string | null>(null)
