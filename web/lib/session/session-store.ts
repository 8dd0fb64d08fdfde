import { Store } from '../store'
import type { PersonPartsFragment } from '../graphql/__generated__/fragments'

export type Session =
  | { readonly status: 'unknown' }
  | { readonly status: 'signed-in'; readonly viewer: PersonPartsFragment }
  | { readonly status: 'signed-out'; readonly because?: 'ended' }

/** Who is signed in, in this tab. Tokens live in httpOnly cookies and are never seen here. */
export const sessionStore = new Store<Session>({ status: 'unknown' })

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('parley-session')

/** Other tabs share the cookies, so they must not go on showing somebody who has left. */
if (channel !== null && typeof window !== 'undefined') {
  channel.onmessage = (message: MessageEvent<{ viewerId: string | null }>) => {
    const current = sessionStore.get()
    const shown = current.status === 'signed-in' ? current.viewer.id : null
    if (current.status !== 'unknown' && shown !== message.data.viewerId) window.location.reload()
  }
}

export function signedIn(viewer: PersonPartsFragment): void {
  sessionStore.set({ status: 'signed-in', viewer })
  channel?.postMessage({ viewerId: viewer.id })
}

/** The viewer as read from the server: like signedIn, but no news to other tabs. */
export function recognised(viewer: PersonPartsFragment): void {
  sessionStore.set({ status: 'signed-in', viewer })
}

/** The viewer chose to leave. */
export function signedOut(): void {
  sessionStore.set({ status: 'signed-out' })
  channel?.postMessage({ viewerId: null })
}

/** The server no longer accepts the session. */
export function sessionEnded(): void {
  const current = sessionStore.get()
  if (current.status === 'signed-out') return
  sessionStore.set(
    current.status === 'signed-in' ? { status: 'signed-out', because: 'ended' } : { status: 'signed-out' },
  )
}
