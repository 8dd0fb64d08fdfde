'use client'

import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { Splash } from '../../components/splash'
import { replacePlace } from '../../lib/navigate'
import { useSession, ViewerContext } from '../../lib/session/use-session'
import { forgetWayBack, keepWayBack } from '../../lib/session/way-back'

/** Shows its children to a signed-in user and redirects all others to sign in. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const wasSignedIn = useRef(false)
  const signedOut = session.status === 'signed-out'
  const hasEnded = session.status === 'signed-out' && session.because === 'ended'
  useEffect(() => {
    if (!signedOut) return
    // Who leaves does not ask to return, and who comes next may be another person.
    if (!wasSignedIn.current || hasEnded) keepWayBack()
    replacePlace('/login')
  }, [signedOut, hasEnded])
  const signedIn = session.status === 'signed-in'
  useEffect(() => {
    if (!signedIn) return
    wasSignedIn.current = true
    forgetWayBack()
  }, [signedIn])
  if (session.status !== 'signed-in') return <Splash />
  return (
    <ViewerContext value={session.viewer} key={session.viewer.id}>
      {children}
    </ViewerContext>
  )
}
