import { backoff } from '../backoff'
import { Store } from '../store'
import { LogOutDocument, type LogOutMutation } from './__generated__/session'
import { askForSession, inOneTab } from './session-request'
import { signedOut } from './session-store'

const markKey = 'parley:signing-out'
const lockName = 'parley-sign-out'
const longestPauseMs = 15_000

/** `telling`: the log-out is being sent. `waiting`: it failed, and is retried. */
export type SignOut = 'none' | 'telling' | 'waiting'

/**
 * Whether a session still has to be ended. The mark stays on the device until the server has ended it: the cookies,
 * which no script can delete, are needed to end it, and until then they must not be used to continue the session.
 */
export const signOutStore = new Store<SignOut>(isMarked() ? 'telling' : 'none')

/** False when the mark cannot be stored: then the log-out is retried only while this tab is open. */
let kept = isMarked()
let insisting: Promise<void> | null = null

/** Signed out here at once, whether the server is reachable or not: the user of this screen wants to leave. */
export function signOut(): void {
  kept = mark()
  signOutStore.set('telling')
  signedOut()
  void insistOnSignOut()
}

/** Sends the log-out with retries until it is acknowledged. */
export function insistOnSignOut(): Promise<void> {
  insisting ??= insistently().finally(() => (insisting = null))
  return insisting
}

/** Sends the log-out once; true when no session is left to end. */
export async function finishSignOut(): Promise<boolean> {
  if (signOutStore.get() === 'none') return true
  // After waiting for another tab the log-out may be done already, and another user signed in.
  const isDone = await inOneTab(lockName, async () => (kept && !isMarked()) || (await told()))
  signOutStore.set(isDone ? 'none' : 'waiting')
  return isDone
}

async function insistently(): Promise<void> {
  for (let failures = 0; !(await finishSignOut()); failures += 1)
    await new Promise((resolve) => setTimeout(resolve, backoff(failures, { longest: longestPauseMs })))
}

async function told(): Promise<boolean> {
  try {
    const { data } = await askForSession<LogOutMutation>(LogOutDocument)
    if (data?.logOut?.ok !== true) return false
    localStorage.removeItem(markKey)
    return true
  } catch {
    return false
  }
}

function mark(): boolean {
  try {
    localStorage.setItem(markKey, 'yes')
    return true
  } catch {
    return false
  }
}

function isMarked(): boolean {
  try {
    return localStorage.getItem(markKey) !== null
  } catch {
    // On the server, or without storage.
    return false
  }
}
