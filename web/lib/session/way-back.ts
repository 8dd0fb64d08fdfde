import { permalinkIn, permalinkPath } from '../permalink'

const key = 'parley:way-back'

/** Keeps the permalink that somebody opened while they were signed out, for after they have signed in. */
export function keepWayBack(): void {
  const permalink = permalinkIn(window.location.href, window.location.origin)
  if (permalink === null) return
  try {
    sessionStorage.setItem(key, permalinkPath(permalink))
  } catch {
    // They have the link.
  }
}

/** Where somebody goes who has signed in. */
export function wayBack(): string {
  try {
    const permalink = permalinkIn(sessionStorage.getItem(key) ?? '', window.location.origin)
    return permalink === null ? '/' : permalinkPath(permalink)
  } catch {
    return '/'
  }
}

/** They are there. */
export function forgetWayBack(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // There was none.
  }
}
