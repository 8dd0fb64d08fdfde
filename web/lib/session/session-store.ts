import { forgetCopies } from '../device/tables'
import { Store } from '../store'
import type { PersonPartsFragment } from '../graphql/__generated__/fragments'
import { isPerson, people } from '../people/people'

export type Session =
  | { readonly status: 'unknown' }
  | { readonly status: 'signed-in'; readonly viewer: PersonPartsFragment }
  | { readonly status: 'signed-out'; readonly because?: 'ended' }

const viewerKey = 'parley:viewer'

/** The session of this tab. Tokens are in httpOnly cookies and never visible here. */
export const sessionStore = new Store<Session>({ status: 'unknown' })

const inBrowser = typeof window !== 'undefined' && typeof BroadcastChannel !== 'undefined'
const channel = inBrowser ? new BroadcastChannel('parley-session') : null

/** Other tabs share the cookies, so they must not show a user who has signed out. */
if (channel !== null) {
  channel.onmessage = (message: MessageEvent<{ viewerId: string | null }>) => {
    const current = sessionStore.get()
    const shown = current.status === 'signed-in' ? current.viewer.id : null
    if (current.status !== 'unknown' && shown !== message.data.viewerId) window.location.reload()
  }
}

export function signedIn(viewer: PersonPartsFragment): void {
  recognised(viewer)
  channel?.postMessage({ viewerId: viewer.id })
}

/** The viewer as read from the server: like signedIn, but without notifying other tabs. */
export function recognised(viewer: PersonPartsFragment): void {
  try {
    localStorage.setItem(viewerKey, JSON.stringify(viewer))
  } catch {
    // Without it a reload only has to wait for accounts.
  }
  people.learn([viewer])
  sessionStore.set({ status: 'signed-in', viewer })
}

/**
 * While accounts are unavailable, the last user of this device: the cookies alone decide what is accessible, and
 * conversations belong to other subgraphs.
 */
export function presumed(): void {
  const viewer = viewerOnDevice()
  if (viewer === null || sessionStore.get().status !== 'unknown') return
  people.learn([viewer])
  sessionStore.set({ status: 'signed-in', viewer })
}

/** The last user of this device who has not signed out. */
export function viewerOnDevice(): PersonPartsFragment | null {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(viewerKey) ?? 'null')
    return isPerson(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** The user signed out. */
export function signedOut(): void {
  localStorage.removeItem(viewerKey)
  sessionStore.set({ status: 'signed-out' })
  channel?.postMessage({ viewerId: null })
}

/** The server no longer accepts the session. */
export function sessionEnded(): void {
  const current = sessionStore.get()
  if (current.status === 'signed-out') return
  const viewer = viewerOnDevice()
  if (viewer !== null) void forgetCopies(viewer.id)
  localStorage.removeItem(viewerKey)
  sessionStore.set(
    current.status === 'signed-in' ? { status: 'signed-out', because: 'ended' } : { status: 'signed-out' },
  )
}
