'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { createContext, use, useEffect } from 'react'
import type { PersonPartsFragment } from '../graphql/__generated__/fragments'
import { backoff } from '../backoff'
import { useStore } from '../use-store'
import { ViewerDocument } from './__generated__/session'
import { refreshSession } from './refresh'
import type { Session } from './session-store'
import { presumed, recognised, sessionEnded, sessionStore } from './session-store'
import { signOutStore } from './sign-out'

/** An access token that has run out looks like nobody, so the refresh token decides. An outage says nothing about anybody. */
async function whoAmI(apollo: ApolloClient): Promise<PersonPartsFragment | 'nobody' | 'unreachable'> {
  const ask = () =>
    apollo.query({ query: ViewerDocument, fetchPolicy: 'no-cache' }).then(({ data }) => data?.viewer ?? null)
  try {
    const viewer = await ask()
    if (viewer !== null) return viewer
    const outcome = await refreshSession()
    return outcome === 'refreshed' ? ((await ask()) ?? 'nobody') : outcome === 'ended' ? 'nobody' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/** Who is signed in. When nobody knows yet the server is asked until it can tell; until then it is who was here last. */
export function useSession(): Session {
  const apollo = useApolloClient()
  const session = useStore(sessionStore)
  useEffect(() => {
    if (sessionStore.get().status !== 'unknown') return
    // Somebody left here whose session may live on: the cookies are nobody's to go on with.
    if (signOutStore.get() !== 'none') {
      sessionEnded()
      return
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    let failures = 0
    const ask = async () => {
      const answer = await whoAmI(apollo)
      if (left || sessionStore.get().status === 'signed-out') return
      if (answer === 'unreachable') {
        presumed()
        timer = setTimeout(() => void ask(), backoff(failures++))
      } else if (answer === 'nobody') sessionEnded()
      else recognised(answer)
    }
    void ask()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [apollo])
  return session
}

export const ViewerContext = createContext<PersonPartsFragment | null>(null)

/** The signed-in person, inside the chat. */
export function useViewer(): PersonPartsFragment {
  const viewer = use(ViewerContext)
  if (viewer === null) throw new Error('useViewer is used outside the chat')
  return viewer
}
