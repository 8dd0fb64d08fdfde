'use client'

import { useEffect, useState } from 'react'
import { connectionStore, lostStreams, tryNow } from '../../lib/graphql/connection'
import { useStore } from '../../lib/use-store'

/** A short interruption is not shown; a longer one is, with what happens to new messages. */
const calm = 1_200

/**
 * Shows that the connection or a part of the service is lost; floats above everything so that nothing moves, and
 * disappears by itself.
 */
export function ConnectionBanner() {
  const connection = useStore(connectionStore)
  const isUnconnected = connection === 'waiting' || connection === 'connecting'
  const away = useStore(lostStreams).size > 0 || isUnconnected
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(away), away ? calm : 0)
    return () => clearTimeout(timer)
  }, [away])
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-17 z-30 flex justify-center px-3 md:left-80 xl:left-88"
    >
      {shown && (
        <div className="animate-rise pointer-events-auto flex items-center gap-3 rounded-full border border-line bg-raised py-2 pr-2 pl-4 text-sm shadow-float">
          <span className="size-2 shrink-0 animate-[breathe_1.6s_ease-in-out_infinite] rounded-full bg-signal" />
          <span>
            <span className="font-medium">Reconnecting…</span>{' '}
            <span className="text-soft max-sm:hidden">
              {isUnconnected
                ? 'What you write is kept and sent when Parley is back.'
                : 'What is new may come late. What you write is kept until it is sent.'}
            </span>
          </span>
          <button
            type="button"
            onClick={tryNow}
            className="rounded-full px-2.5 py-1 font-medium text-link hover:bg-hover"
          >
            Try now
          </button>
        </div>
      )}
    </div>
  )
}
