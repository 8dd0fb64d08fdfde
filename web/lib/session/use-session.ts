'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { createContext, use, useEffect } from 'react'
import type { PersonPartsFragment } from '../graphql/__generated__/fragments'
import { backoff } from '../backoff'
import { useStore } from '../use-store'
import { OpeningDocument } from '../conversations/__generated__/conversations'
import { isListed, listVariables, showList } from '../conversations/conversation-cache'
import { beginWith, keptListOf, readList } from '../conversations/kept-list'
import { failureOfField } from '../graphql/errors'
import { ViewerDocument } from './__generated__/session'
import { refreshSession } from './refresh'
import type { Session } from './session-store'
import { presumed, recognised, sessionEnded, sessionStore, viewerOnDevice } from './session-store'
import { signOutStore } from './sign-out'

/**
 * With an expired access token the viewer is null, so the refresh token decides. An outage gives no information about
 * the session.
 */
async function whoAmI(apollo: ApolloClient): Promise<PersonPartsFragment | 'nobody' | 'unreachable'> {
  const ask = () => (isListed(apollo.cache) ? askForViewer(apollo) : askForOpening(apollo))
  try {
    const viewer = await ask()
    if (viewer !== null) return viewer
    const outcome = await refreshSession()
    return outcome === 'refreshed' ? ((await ask()) ?? 'nobody') : outcome === 'ended' ? 'nobody' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

async function askForViewer(apollo: ApolloClient): Promise<PersonPartsFragment | null> {
  const { data } = await apollo.query({ query: ViewerDocument, fetchPolicy: 'no-cache' })
  return data?.viewer ?? null
}

/** With the beginning of the list, as long as nothing of it is known. */
async function askForOpening(apollo: ApolloClient): Promise<PersonPartsFragment | null> {
  const { data, error } = await apollo.query({
    query: OpeningDocument,
    variables: listVariables,
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
  })
  const viewer = data?.viewer ?? null
  const failure = failureOfField(error, 'viewer')
  if (viewer === null && failure !== null) throw failure
  if (viewer !== null && data?.conversations) showList(apollo.cache, data.conversations.edges, false)
  return viewer
}

/**
 * The current session. While it is unknown, the server is asked with retries; until it answers, it is the last user's.
 */
export function useSession(): Session {
  const apollo = useApolloClient()
  const session = useStore(sessionStore)
  useEffect(() => {
    if (sessionStore.get().status !== 'unknown') return
    // A user signed out here whose session may still exist: its cookies must not be used.
    if (signOutStore.get() !== 'none') {
      sessionEnded()
      return
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    let failures = 0
    const begin = async () => {
      const viewer = viewerOnDevice()
      const list = viewer === null ? null : await readList(keptListOf(viewer.id))
      if (left || sessionStore.get().status !== 'unknown') return
      if (viewer !== null && list !== null) {
        beginWith(apollo.cache, viewer.id, list)
        presumed()
      }
      await ask()
    }
    const ask = async () => {
      const answer = await whoAmI(apollo)
      if (left || sessionStore.get().status === 'signed-out') return
      if (answer === 'unreachable') {
        presumed()
        timer = setTimeout(() => void ask(), backoff(failures++))
        return
      }
      const shown = sessionStore.get()
      // What is shown is another's: the cookies are those of somebody who has signed in since.
      if (shown.status === 'signed-in' && (answer === 'nobody' || answer.id !== shown.viewer.id))
        await apollo.cache.reset()
      if (answer === 'nobody') sessionEnded()
      else recognised(answer)
    }
    void begin()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [apollo])
  return session
}

export const ViewerContext = createContext<PersonPartsFragment | null>(null)

/** The signed-in user, inside the chat. */
export function useViewer(): PersonPartsFragment {
  const viewer = use(ViewerContext)
  if (viewer === null) throw new Error('useViewer is used outside the chat')
  return viewer
}
