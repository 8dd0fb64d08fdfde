'use client'

import { useEffect } from 'react'
import { insistOnSignOut, signOutStore } from '../../lib/session/sign-out'
import { useStore } from '../../lib/use-store'

export const stillLeaving =
  'The last session on this device cannot be ended at the moment, so you cannot sign in yet. Try again in a moment.'

/** Finishes a sign-out that was requested while accounts were unavailable, and shows it until it is done. */
export function PendingSignOut() {
  const state = useStore(signOutStore)
  useEffect(() => {
    if (state !== 'none') void insistOnSignOut()
  }, [state])
  return (
    <div role="status">
      {state === 'waiting' && (
        <p className="mb-6 rounded-lg border border-line bg-raised px-3 py-2.5 text-sm">
          <span className="font-medium">You are signed out on this device only.</span> Parley cannot end the session
          itself at the moment. That happens by itself as soon as it can: leave this page open, or come back to it.
        </p>
      )}
    </div>
  )
}
