'use client'

import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { Splash } from '../../components/splash'
import { LogoMark, Wordmark } from '../../components/logo'
import { replacePlace } from '../../lib/navigate'
import { useSession } from '../../lib/session/use-session'
import { wayBack } from '../../lib/session/way-back'
import { PendingSignOut } from './pending-sign-out'

interface Props {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}

/** The page around the forms for signed-out users; signed-in users are redirected to their conversations. */
export function AuthFrame({ title, lead, children }: Props) {
  const session = useSession()
  const signedIn = session.status === 'signed-in'
  useEffect(() => {
    if (signedIn) replacePlace(wayBack())
  }, [signedIn])
  if (session.status !== 'signed-out') return <Splash />
  return (
    <main className="grid min-h-dvh grid-cols-1 bg-rail lg:grid-cols-[1fr_minmax(30rem,38rem)]">
      <title>{`${title} · Parley`}</title>
      <Pitch />
      <div className="flex flex-col justify-center bg-paper px-6 py-10 sm:px-16 lg:border-l lg:border-line">
        <div className="mx-auto w-full max-w-sm">
          <Wordmark className="mb-10 text-2xl lg:hidden" />
          <h1 className="font-display text-4xl font-semibold tracking-tight">{title}</h1>
          <p className="mt-2 mb-8 text-md text-soft">{session.because === 'ended' ? endedLead : lead}</p>
          <PendingSignOut />
          {children}
        </div>
      </div>
    </main>
  )
}

const endedLead = 'Your session has ended. Sign in again and you are where you left off.'

function Pitch() {
  return (
    <div className="relative isolate hidden flex-col gap-[18vh] overflow-hidden p-12 lg:flex">
      <LogoMark className="absolute -right-36 -bottom-64 -z-10 size-150 opacity-14" />
      <Wordmark className="text-2xl" />
      <div className="max-w-lg">
        <p className="font-display text-5xl leading-[1.08] font-medium tracking-tight text-balance">
          Talk it over, on ground of your own.
        </p>
        <p className="mt-5 max-w-sm text-md text-soft">
          Conversations that arrive at once, wait when you are offline, and stay on your own server.
        </p>
      </div>
    </div>
  )
}
