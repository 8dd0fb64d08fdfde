'use client'

import { useEffect } from 'react'
import { nextRelease, takeNextRelease, installClient } from '../../lib/release'
import { useStore } from '../../lib/use-store'

/** Installs the client on the device, and says when a new release of it is there. */
export function NewRelease() {
  const isReady = useStore(nextRelease) === 'ready'
  useEffect(() => void installClient(), [])
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-24 z-30 flex justify-center px-3">
      {isReady && (
        <div className="animate-rise pointer-events-auto flex items-center gap-3 rounded-full border border-line bg-raised py-2 pr-2 pl-4 text-sm shadow-float">
          <span>
            <span className="font-medium">A new version of Parley is ready.</span>{' '}
            <span className="text-soft max-sm:hidden">What you have written stays.</span>
          </span>
          <button
            type="button"
            onClick={takeNextRelease}
            className="rounded-full px-2.5 py-1 font-medium text-link hover:bg-hover"
          >
            Reload
          </button>
        </div>
      )}
    </div>
  )
}
