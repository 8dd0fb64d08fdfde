'use client'

import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Splash } from '../../components/splash'
import { replacePlace } from '../../lib/navigate'
import { useSession, ViewerContext } from '../../lib/session/use-session'
import { forgetWayBack, keepWayBack } from '../../lib/session/way-back'

/** Shows its children to a signed-in user and redirects all others to sign in. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const signedOut = session.status === 'signed-out'
  useEffect(() => {
    if (!signedOut) return
    keepWayBack()
    replacePlace('/login')
  }, [signedOut])
  const signedIn = session.status === 'signed-in'
  useEffect(() => {
    if (signedIn) forgetWayBack()
  }, [signedIn])
  if (session.status !== 'signed-in') return <Splash />
  return (
    <ViewerContext value={session.viewer} key={session.viewer.id}>
      {children}
    </ViewerContext>
  )
}
