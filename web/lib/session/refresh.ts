import { print } from 'graphql'
import { backoff } from '../backoff'
import { RefreshSessionDocument } from './__generated__/session'
import { sessionEnded } from './session-store'

/** How long one answer may take, and how often it is asked for before the caller hears that nobody answers. */
const answerWithinMs = 8_000
const attempts = 4

const lockName = 'parley-refresh'
const stampKey = 'parley:refreshed-at'
const body = JSON.stringify({ operationName: 'RefreshSession', query: print(RefreshSessionDocument) })

let running: Promise<RefreshOutcome> | null = null

/** `ended`: the server says that the session is over. `unreachable`: it says nothing of the session, try later. */
export type RefreshOutcome = 'refreshed' | 'ended' | 'unreachable'

/**
 * Trades the refresh cookie for new ones. Refresh tokens rotate, so one tab does it at a time and a tab that waited
 * finds the work done; otherwise two tabs would look like a stolen token and lose the session. An answer that was lost is asked
 * for again soon: for a moment the server gives the same one to the same token.
 */
export function refreshSession(): Promise<RefreshOutcome> {
  running ??= alone(Date.now()).finally(() => {
    running = null
  })
  return running
}

async function alone(askedAt: number): Promise<RefreshOutcome> {
  // Web Locks exist only in secure contexts; by plain http on a local network the tabs go without.
  if (!('locks' in navigator)) return insistently()
  return navigator.locks.request(lockName, async () => (refreshedSince(askedAt) ? 'refreshed' : insistently()))
}

function refreshedSince(moment: number): boolean {
  return Number(localStorage.getItem(stampKey) ?? 0) >= moment
}

async function insistently(): Promise<RefreshOutcome> {
  for (let failures = 0; failures < attempts; failures += 1) {
    if (failures > 0) await new Promise((resolve) => setTimeout(resolve, backoff(failures - 1)))
    const outcome = await request()
    if (outcome !== 'lost') return outcome
  }
  return 'unreachable'
}

/** `lost`: nobody knows whether it was done, or the server could not do it just now. */
async function request(): Promise<RefreshOutcome | 'lost'> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
      body,
      // The other tabs wait for this one.
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const result = (await response.json()) as {
      data?: { refreshSession?: object | null }
      errors?: { extensions?: { code?: string } }[]
    }
    if (result.data?.refreshSession) {
      localStorage.setItem(stampKey, String(Date.now()))
      return 'refreshed'
    }
    const codes = result.errors?.map((error) => error.extensions?.code) ?? []
    if (codes.includes('UNAUTHENTICATED')) {
      sessionEnded()
      return 'ended'
    }
    return codes.includes('RATE_LIMITED') ? 'unreachable' : 'lost'
  } catch {
    // No answer, or not the API's: says nothing about the session.
    return 'lost'
  }
}
