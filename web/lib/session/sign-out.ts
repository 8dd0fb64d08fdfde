import { backoff } from '../backoff'
import { Store } from '../store'
import { LogOutDocument, type LogOutMutation } from './__generated__/session'
import { askForSession, inOneTab } from './session-request'
import { signedOut } from './session-store'

const markKey = 'parley:signing-out'
const lockName = 'parley-sign-out'
const longestPauseMs = 15_000

/** `telling`: the server is being told. `waiting`: it could not be, and is told again. */
export type SignOut = 'none' | 'telling' | 'waiting'

/**
 * Whether a session is left to be ended. The mark stays on the device until the server has ended it: the cookies, which no script
 * can delete, are the proof that ends it, and until then nobody goes on with them here.
 */
export const signOutStore = new Store<SignOut>(isMarked() ? 'telling' : 'none')

/** False when the device cannot keep the mark: then it is told as long as this tab lives. */
let kept = isMarked()
let insisting: Promise<void> | null = null

/** Signed out here at once, whether the server can be told or not: the person at this screen asked to be gone. */
export function signOut(): void {
  kept = mark()
  signOutStore.set('telling')
  signedOut()
  void insistOnSignOut()
}

/** Tells the server until it has been told. */
export function insistOnSignOut(): Promise<void> {
  insisting ??= insistently().finally(() => (insisting = null))
  return insisting
}

/** Tells the server once; true when no session is left to be ended. */
export async function finishSignOut(): Promise<boolean> {
  if (signOutStore.get() === 'none') return true
  // Whoever waited for another tab may find it done, and somebody else signed in.
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
    const { data } = await askForSession<LogOutMutation>('LogOut', LogOutDocument)
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
    // The server renders, or the device keeps nothing.
    return false
  }
}
