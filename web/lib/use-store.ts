'use client'

import { useSyncExternalStore } from 'react'
import type { Store } from './store'

/** Reads a store and renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get)
}

/** Reads a part of a store and renders again when that part changes: it must be the same value while nothing changed. */
export function useStorePart<T, Part>(store: Store<T>, part: (value: T) => Part): Part {
  const read = () => part(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}
