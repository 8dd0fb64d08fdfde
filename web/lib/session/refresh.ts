import { print } from 'graphql'
import { RefreshSessionDocument } from './__generated__/session'
import { sessionEnded } from './session-store'

const lockName = 'parley-refresh'
const stampKey = 'parley:refreshed-at'
const patienceMs = 10_000
const body = JSON.stringify({ operationName: 'RefreshSession', query: print(RefreshSessionDocument) })

let running: Promise<RefreshOutcome> | null = null

/** `ended`: the session is over, sign in again. `unreachable`: nobody answered, try later. */
export type RefreshOutcome = 'refreshed' | 'ended' | 'unreachable'

/**
 * Trades the refresh cookie for new ones. Refresh tokens rotate, so one tab does it at a time and a tab that waited
 * finds the work done; otherwise two tabs would look like a stolen token and lose the session.
 */
export function refreshSession(): Promise<RefreshOutcome> {
  running ??= alone(Date.now()).finally(() => {
    running = null
  })
  return running
}

async function alone(askedAt: number): Promise<RefreshOutcome> {
  // Web Locks exist only in secure contexts; by plain http on a local network the tabs go without.
  if (!('locks' in navigator)) return request()
  return navigator.locks.request(lockName, async () => (refreshedSince(askedAt) ? 'refreshed' : request()))
}

function refreshedSince(moment: number): boolean {
  return Number(localStorage.getItem(stampKey) ?? 0) >= moment
}

async function request(): Promise<RefreshOutcome> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
      body,
      // The other tabs wait for this one.
      signal: AbortSignal.timeout(patienceMs),
    })
    const result = (await response.json()) as {
      data?: { refreshSession?: object | null }
      errors?: { extensions?: { code?: string } }[]
    }
    if (result.data?.refreshSession) {
      localStorage.setItem(stampKey, String(Date.now()))
      return 'refreshed'
    }
    const ended = result.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED') ?? false
    if (ended) sessionEnded()
    return ended ? 'ended' : 'unreachable'
  } catch {
    // No answer, or not the API's: says nothing about the session.
    return 'unreachable'
  }
}
