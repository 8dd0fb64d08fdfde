import { type PrecacheEntry, Serwist } from 'serwist'
import { placeOf } from '../lib/place'

/** What the client consists of: web/scripts/service-worker.mjs writes the list. */
declare const SHELL: PrecacheEntry[]

/** Of the global object of a service worker, which has types of its own. */
interface Scope {
  skipWaiting(): Promise<void>
  addEventListener(type: 'message', heard: (event: MessageEvent<unknown>) => void): void
}

const scope = self as unknown as Scope

/*
 * The client opens without the server: all of it is on the device, in one release. The next one waits until the client
 * says that it may take over (lib/release.ts). Nothing else is kept here, and no request of the API is touched.
 */
const serwist = new Serwist({
  precacheEntries: SHELL,
  precacheOptions: { cleanupOutdatedCaches: true },
  skipWaiting: false,
  // The tab that installs it uses it from then on.
  clientsClaim: true,
})

// One page for every place. Other addresses, as those of the API, are the server's.
serwist.registerCapture(
  ({ request, url, sameOrigin }) =>
    request.mode === 'navigate' && sameOrigin && placeOf(url.pathname, url.search) !== null,
  serwist.createHandlerBoundToUrl('/'),
)

serwist.addEventListeners()

scope.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void scope.skipWaiting()
})
