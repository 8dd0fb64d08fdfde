'use client'

import { useApolloClient, useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { addConversation, type WholeConversation } from '../../lib/conversations/conversation-cache'
import type { PersonPartsFragment, UserErrorPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { Failure, failureOf, sentenceOf } from '../../lib/graphql/errors'
import { openPlace } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
import { uuidv7 } from '../../lib/uuid'
import { CreateGroupConversationDocument, StartDirectConversationDocument } from './__generated__/new-conversation'

/** Starts a conversation with the selected people (one: direct, several: group), and opens it. */
export function useStartConversation(done: () => void) {
  const apollo = useApolloClient()
  // One id per dialog: a double click, or a retry after a lost answer, creates one group.
  const [clientId] = useState(() => uuidv7())
  const [problem, setProblem] = useState<string | null>(null)
  const [startDirect, direct] = useMutation(StartDirectConversationDocument, { errorPolicy: 'all' })
  const [createGroup, group] = useMutation(CreateGroupConversationDocument, { errorPolicy: 'all' })

  const begin = async (people: readonly PersonPartsFragment[], title: string) => {
    const [first] = people
    if (people.length === 1 && first !== undefined) {
      const { data, error } = await startDirect({ variables: { input: { userId: first.id } } })
      return started(data?.startDirectConversation, error)
    }
    const memberIds = people.map((person) => person.id)
    const { data, error } = await createGroup({ variables: { input: { clientId, title: title.trim(), memberIds } } })
    return started(data?.createGroupConversation, error)
  }

  const start = async (people: readonly PersonPartsFragment[], title: string) => {
    setProblem(null)
    try {
      const conversation = await begin(people, title)
      addConversation(apollo.cache, conversation)
      done()
      openPlace(conversationPath(conversation.id))
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
    }
  }

  return { start, starting: direct.loading || group.loading, problem }
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
