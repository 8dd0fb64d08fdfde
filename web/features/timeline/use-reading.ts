'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient, useFragment } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { onConnected } from '../../lib/graphql/connection'
import { ReadStatePartsFragmentDoc } from '../../lib/graphql/__generated__/fragments'
import { applyReading, listedConversation } from '../../lib/conversations/conversation-cache'
import { useStore } from '../../lib/use-store'
import { MarkReadDocument, MarkThreadReadDocument } from './__generated__/reading'
import { ReadTeller, type Seen } from './model/read-teller'
import { ReadingProgress } from './model/reading-progress'
import type { KnownReading } from './model/timeline-source'
import type { ToldReading } from './model/unread-count'

/** A list with a read position. */
interface List {
  readonly conversationId: string
  /** null for the conversation's own. */
  readonly threadId: string | null
}

interface ProgressInput extends List {
  readonly opened: KnownReading | null
  readonly lastLine: number
  /** Somebody looks at it, and does not keep it unread. */
  readonly isRead: boolean
}

/** The counts of a conversation as the server tells them, live; null of a thread, whose are not. */
export type ToldReadState = ToldReading & { readonly readRevision: number | null }

/** How far an open list is read, which is told to the server as it goes on. */
export function useReadingProgress({ conversationId, threadId, opened, lastLine, isRead }: ProgressInput) {
  const [progress] = useState(() => {
    const { readLine, hasUnread } = opened ?? { readLine: lastLine, hasUnread: false }
    return new ReadingProgress({ readLine, lastShown: hasUnread ? readLine : lastLine })
  })
  const told = useToldReading({ conversationId, threadId })
  useEffect(() => {
    if (opened !== null) progress.learn(opened.readLine, null)
  }, [progress, opened])
  useEffect(() => {
    if (told !== null) progress.learn(told.readLine, told.readRevision)
  }, [progress, told])
  const { through, isStale } = useStore(progress)
  useEffect(() => {
    if (!isRead) progress.lookAway()
  }, [progress, isRead])
  const isNews = through > (told?.readLine ?? opened?.readLine ?? through)
  useTelling({ conversationId, threadId }, isNews ? through : 0, isRead && !isStale)
  return { progress, told }
}

function useTelling({ conversationId, threadId }: List, line: number, isRead: boolean): void {
  const apollo = useApolloClient()
  const teller = useMemo(
    () =>
      new ReadTeller({
        revision: () =>
          threadId === null ? (listedConversation(apollo.cache, conversationId)?.readRevision ?? undefined) : undefined,
        tell: (seen) => tellRead(apollo, { conversationId, threadId }, seen),
      }),
    [apollo, conversationId, threadId],
  )
  useEffect(() => {
    if (!isRead) teller.lookAway()
    else if (line > 0) teller.see(line)
  }, [teller, line, isRead])
  useEffect(() => onConnected(() => teller.retry()), [teller])
  useEffect(() => () => teller.leave(), [teller])
}

function useToldReading({ conversationId, threadId }: List): ToldReadState | null {
  const { data, dataState } = useFragment({
    fragment: ReadStatePartsFragmentDoc,
    fragmentName: 'ReadStateParts',
    from: { __typename: 'Conversation', id: conversationId },
  })
  const { readLine = null, unreadCount = null, readRevision = null } = dataState === 'complete' ? data : {}
  return useMemo(() => {
    if (threadId !== null || readLine === null || unreadCount === null) return null
    return { readLine, unreadCount, readRevision }
  }, [threadId, readLine, unreadCount, readRevision])
}

async function tellRead(
  apollo: ApolloClient,
  { conversationId, threadId: rootId }: List,
  { line, revision }: Seen,
): Promise<boolean> {
  if (rootId === null) {
    const variables = { input: { conversationId, line, revision } }
    const { data } = await apollo.mutate({ mutation: MarkReadDocument, variables, fetchPolicy: 'no-cache' })
    if (data?.markRead?.conversation) applyReading(apollo.cache, data.markRead.conversation)
    return data?.markRead?.errors.length === 0
  }
  const variables = { input: { conversationId, rootId, line } }
  const { data } = await apollo.mutate({ mutation: MarkThreadReadDocument, variables })
  return data?.markThreadRead?.errors.length === 0
}
