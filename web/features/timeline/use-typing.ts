'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { connectionStore } from '../../lib/graphql/connection'
import { useLive } from '../../lib/graphql/use-live'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { SetTypingDocument, TypingDocument } from './__generated__/typing'
import { TypingSignal } from './model/typing-signal'

const nobody: readonly string[] = []

/** Who else types in a conversation; nobody while that cannot be known. */
export function useTyping(conversationId: string): readonly string[] {
  const { id: viewerId } = useViewer()
  const isConnected = useStore(connectionStore) === 'connected'
  const [ids, setIds] = useState(nobody)
  useLive(TypingDocument, conversationId, {
    data: ({ typing }) => setIds(typing?.userIds.filter((id) => id !== viewerId) ?? nobody),
    lost: () => setIds(nobody),
  })
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
