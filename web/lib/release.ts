import { onHidden } from './device/keeper'
import { onConnected } from './graphql/connection'
import { Store } from './store'

/** `ready`: the next release of the client is on the device, and is used after a reload. */
export const nextRelease = new Store<'none' | 'ready'>('none')

/** The server may have been upgraded while it was away, but is not asked for that at every short interruption. */
const pauseMs = 5 * 60_000
const hourMs = 60 * 60_000

let waiting: ServiceWorker | null = null
/** This tab has asked for the next release, and loads it as soon as it has taken over. */
let isAwaited = false
let lookedAt = 0

/** The next release, in the place of this one. What is written and not sent is kept. */
export function takeNextRelease(): void {
  isAwaited = true
  waiting?.postMessage('take-over')
}

/**
 * Keeps the client on the device, so that it opens without the server, and sees to it that a new release is used: at
 * the next opening, or when the viewer says so.
 */
export async function installClient(): Promise<void> {
  // The development server changes its files all the time. Without https there are no service workers.
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  let hasRelease = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    // The first one does not replace anything.
    const isNext = hasRelease
    hasRelease = true
    if (!isNext) return
    // Another tab has taken the next release, whose files are others: this one follows when nobody looks at it.
    if (isAwaited || document.hidden) window.location.reload()
    else onHidden(() => window.location.reload())
  })
  try {
    const registration = await workers.register('/service-worker.js', { updateViaCache: 'none' })
    lookedAt = Date.now()
    // It has come since the last opening, and nothing is lost by taking it: this one has just begun.
    if (registration.waiting !== null && hasRelease) {
      waiting = registration.waiting
      takeNextRelease()
      return
    }
    registration.addEventListener('updatefound', () => follow(registration))
    follow(registration)
    lookForReleases(registration)
  } catch {
    // The browser refuses it, as in some private windows, or the server is away: then the client is loaded each time.
  }
}

function follow(registration: ServiceWorkerRegistration): void {
  const { installing } = registration
  installing?.addEventListener('statechange', () => {
    if (installing.state !== 'installed' || navigator.serviceWorker.controller === null) return
    waiting = installing
    nextRelease.set('ready')
  })
}

function lookForReleases(registration: ServiceWorkerRegistration): void {
  const look = (pause: number) => {
    if (Date.now() - lookedAt < pause) return
    lookedAt = Date.now()
    registration.update().catch(() => undefined)
  }
  onConnected(() => look(pauseMs))
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look(hourMs)
  })
}
