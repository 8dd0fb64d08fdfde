import { backoff } from '../backoff'
import { RefreshSessionDocument, type RefreshSessionMutation } from './__generated__/session'
import { askForSession, inOneTab } from './session-request'
import { sessionEnded } from './session-store'

/** The number of attempts before the caller gets `unreachable`. The other tabs wait for this one. */
const attempts = 4

const lockName = 'parley-refresh'
const stampKey = 'parley:refreshed-at'

let running: Promise<RefreshOutcome> | null = null

/**
 * `ended`: the server reports that the session is over. `unreachable`: no information about the session, retry later.
 */
export type RefreshOutcome = 'refreshed' | 'ended' | 'unreachable'

/**
 * Exchanges the refresh cookie for new ones. Refresh tokens rotate, so one tab does it at a time, and a tab that waited
 * finds it done; otherwise two tabs would look like a stolen token and lose the session. A lost answer is requested
 * again soon: for some time the server gives the same answer to the same token.
 */
export function refreshSession(): Promise<RefreshOutcome> {
  const askedAt = Date.now()
  running ??= inOneTab<RefreshOutcome>(lockName, async () =>
    refreshedSince(askedAt) ? 'refreshed' : insistently(),
  ).finally(() => {
    running = null
  })
  return running
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

/** `lost`: the outcome is unknown, or the server could not do it at the moment. */
async function request(): Promise<RefreshOutcome | 'lost'> {
  try {
    const { data, codes } = await askForSession<RefreshSessionMutation>(RefreshSessionDocument)
    if (data?.refreshSession) {
      localStorage.setItem(stampKey, String(Date.now()))
      return 'refreshed'
    }
    if (codes.includes('UNAUTHENTICATED')) {
      sessionEnded()
      return 'ended'
    }
    return codes.includes('RATE_LIMITED') ? 'unreachable' : 'lost'
  } catch {
    // No answer, or not of the API: no information about the session.
    return 'lost'
  }
}
