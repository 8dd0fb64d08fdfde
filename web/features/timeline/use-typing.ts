'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { backoff } from '../../lib/backoff'
import { useSocket } from '../../lib/graphql/api-provider'
import { connectionStore } from '../../lib/graphql/connection'
import { isTemporary } from '../../lib/graphql/errors'
import { followLive } from '../../lib/graphql/live'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { SetTypingDocument, TypingDocument } from './__generated__/typing'
import { TypingSignal } from './model/typing-signal'

const nobody: readonly string[] = []

/** Who else types in a conversation; nobody while that cannot be known. */
export function useTyping(conversationId: string): readonly string[] {
  const apollo = useApolloClient()
  const socket = useSocket()
  const { id: viewerId } = useViewer()
  const isConnected = useStore(connectionStore) === 'connected'
  const [ids, setIds] = useState(nobody)
  useEffect(() => {
    let stop: () => void = () => undefined
    let reopen: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let isLeft = false
    const follow = () => {
      stop = followLive(
        { apollo, socket },
        TypingDocument,
        { conversationId },
        {
          data: ({ typing }) => {
            failures = 0
            setIds(typing?.userIds.filter((id) => id !== viewerId) ?? nobody)
          },
          ended: (failure) => {
            // Also called for the end that leaving makes.
            if (isLeft) return
            stop()
            setIds(nobody)
            if (failure === null || isTemporary(failure)) reopen = setTimeout(follow, backoff(failures++))
          },
        },
      )
    }
    follow()
    return () => {
      isLeft = true
      clearTimeout(reopen)
      stop()
      setIds(nobody)
    }
  }, [apollo, socket, conversationId, viewerId])
  return isConnected ? ids : nobody
}

/** What the viewer does in a conversation; null tells nobody. A signal that is lost is not missed. */
export function useTypingSignal(conversationId: string | null): TypingSignal {
  const apollo = useApolloClient()
  const [signal] = useState(
    () =>
      new TypingSignal((typing) => {
        if (conversationId === null) return
        const variables = { input: { conversationId, typing } }
        void apollo
          .mutate({ mutation: SetTypingDocument, variables, fetchPolicy: 'no-cache', errorPolicy: 'all' })
          .catch(() => undefined)
      }),
  )
  useEffect(() => () => signal.stop(), [signal])
  return signal
}
