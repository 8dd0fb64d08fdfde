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

/** Goes to an address of this client, at once and without the server. `state` is kept with the entry of the history. */
export function openPlace(address: string, state: object | null = null): void {
  if (address === window.location.pathname + window.location.search) return
  // Next has put functions of its own before these, which tell its router.
  History.prototype.pushState.call(window.history, state, '', address)
  placeStore.set(placeNow())
}

/** The same in the place of the present entry of the history. */
export function replacePlace(address: string, state: object | null = null): void {
  History.prototype.replaceState.call(window.history, state, '', address)
  placeStore.set(placeNow())
}

type Click = Pick<MouseEvent, 'button' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'defaultPrevented'>

/** Whether a click on a link means to go there. With a key or another button it is for the browser: a new tab, a download. */
export const isPlainClick = (click: Click): boolean =>
  click.button === 0 && !click.altKey && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.defaultPrevented
