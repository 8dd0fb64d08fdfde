'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import type { UserErrorPartsFragment } from '../graphql/__generated__/fragments'
import { Failure, failureOf, sentenceOf } from '../graphql/errors'
import { openPlace } from '../navigate'
import { conversationPath } from '../place'
import { uuidv7 } from '../uuid'
import { CreateGroupConversationDocument, StartDirectConversationDocument } from './__generated__/start'
import { addConversation, type WholeConversation } from './conversation-cache'

/** Starts a conversation and opens it, unless what asked for it was closed meanwhile. `done` is called before. */
export function useStart(done: () => void) {
  const apollo = useApolloClient()
  // One id per dialog: a double click, or a retry after a lost answer, creates one group.
  const [clientId] = useState(() => uuidv7())
  const [isStarting, setStarting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])

  const start = async (ask: () => Promise<WholeConversation>): Promise<void> => {
    if (isStarting) return
    setStarting(true)
    setProblem(null)
    try {
      const conversation = await ask()
      addConversation(apollo.cache, conversation)
      if (!isOpen.current) return
      done()
      openPlace(conversationPath(conversation.id))
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
      setStarting(false)
    }
  }

  return {
    /** The direct one with a person, which may be there already. */
    startDirect: (userId: string) =>
      start(async () => {
        const variables = { input: { userId } }
        const { data, error } = await apollo.mutate({
          mutation: StartDirectConversationDocument,
          variables,
          errorPolicy: 'all',
        })
        return started(data?.startDirectConversation, error)
      }),
    createGroup: (title: string, memberIds: readonly string[]) =>
      start(async () => {
        const variables = { input: { clientId, title: title.trim(), memberIds: [...memberIds] } }
        const { data, error } = await apollo.mutate({
          mutation: CreateGroupConversationDocument,
          variables,
          errorPolicy: 'all',
        })
        return started(data?.createGroupConversation, error)
      }),
    isStarting,
    problem,
  }
}

interface Started {
  readonly conversation: WholeConversation | null
  readonly errors: readonly UserErrorPartsFragment[]
}

/** An answer that lacks only names is a success. */
function started(payload: Started | null | undefined, error: unknown): WholeConversation {
  const [refusal] = payload?.errors ?? []
  if (refusal !== undefined) throw new Failure('input', refusal.code, refusal.message)
  if (!payload?.conversation) throw failureOf(error)
  return payload.conversation
}
