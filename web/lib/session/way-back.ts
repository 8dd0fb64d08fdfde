import { type Place, placeOf } from '../place'

const key = 'parley:way-back'

/** Where nobody is led back to: one is there anyway, or must not be. */
const unkept: readonly Place['kind'][] = ['list', 'login', 'register']

/** The place of this client that an address leads to; null for all others, such as one of a foreign site. */
export function wayBackTo(href: string, origin: string): string | null {
  if (!URL.canParse(href, origin)) return null
  const url = new URL(href, origin)
  const place = url.origin === origin ? placeOf(url.pathname, url.search) : null
  return place === null || unkept.includes(place.kind) ? null : url.pathname + url.search
}

/** Keeps the place that somebody opened while they were signed out, for after they have signed in. */
export function keepWayBack(): void {
  const back = wayBackTo(window.location.href, window.location.origin)
  if (back === null) return
  try {
    sessionStorage.setItem(key, back)
  } catch {
    // They have the address.
  }
}

/** Where somebody goes who has signed in. */
export function wayBack(): string {
  try {
    return wayBackTo(sessionStorage.getItem(key) ?? '', window.location.origin) ?? '/'
  } catch {
    return '/'
  }
}

/** They are there, or do not want to return. */
export function forgetWayBack(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // There was none.
  }
}
