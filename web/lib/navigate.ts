'use client'

import { type Place, placeOf } from './place'
import { Store } from './store'
import { useStore } from './use-store'

const inBrowser = typeof window !== 'undefined'

function placeNow(): Place {
  const place = inBrowser ? placeOf(window.location.pathname, window.location.search) : null
  return place ?? { kind: 'nowhere' }
}

/** Where the viewer is. The address decides it and nothing else. */
export const placeStore = new Store<Place>(placeNow())

export const usePlace = (): Place => useStore(placeStore)

// Back and Forward. Captured, so that Next's router does not hear of it: it would ask its server for an entry that was
// made by an earlier load of the page, and load the page when there is no answer.
if (inBrowser)
  window.addEventListener(
    'popstate',
    (event) => {
      event.stopImmediatePropagation()
      placeStore.set(placeNow())
    },
    { capture: true },
  )

/** In an entry of the history: the address of the entry before it. */
const cameFrom = 'parleyFrom'

const addressNow = (): string => window.location.pathname + window.location.search

function addressBefore(): unknown {
  const state: unknown = window.history.state
  return typeof state === 'object' && state !== null && cameFrom in state ? state[cameFrom] : undefined
}

/** Goes to an address of this client, at once and without the server. `state` is kept with the entry of the history. */
export function openPlace(address: string, state: object | null = null): void {
  if (address === addressNow()) return
  // Next has put functions of its own before these, which tell its router.
  History.prototype.pushState.call(window.history, { ...state, [cameFrom]: addressNow() }, '', address)
  placeStore.set(placeNow())
}

/** The same in the place of the present entry of the history. */
export function replacePlace(address: string, state: object | null = null): void {
  const before = addressBefore()
  const kept = before === undefined ? state : { ...state, [cameFrom]: before }
  History.prototype.replaceState.call(window.history, kept, '', address)
  placeStore.set(placeNow())
}

/** Leaves the present place for the one that it belongs to. Afterwards the browser's Back does not lead here again. */
export function leaveTo(address: string): void {
  if (addressBefore() === address) window.history.back()
  else replacePlace(address)
}

type Click = Pick<MouseEvent, 'button' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'defaultPrevented'>

/** Whether a click on a link means to go there. With a key or another button it is for the browser: a new tab, a download. */
export const isPlainClick = (click: Click): boolean =>
  click.button === 0 && !click.altKey && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.defaultPrevented
