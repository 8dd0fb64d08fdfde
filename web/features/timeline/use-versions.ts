'use client'

import { useApolloClient } from '@apollo/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { MessageVersionsDocument, type MessageVersionsQueryVariables } from './__generated__/versions'
import { type Versions, withEarlier, withLater } from './model/versions'

/** Shown at first; one more is asked for, of which it is only shown what replaced it. */
const pageSize = 20

/**
 * The versions of a message, the newest ones at first. `editedAt` is that of the message as the timeline has it: when it
 * changes, the new versions are added.
 */
export function useVersions(messageId: string, editedAt: string | null) {
  const apollo = useApolloClient()
  const [versions, setVersions] = useState<Versions | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(false)
  const shown = useRef<Versions | null>(null)

  const load = useCallback(
    async (
      range: Omit<MessageVersionsQueryVariables, 'messageId'>,
      join: (known: Versions, page: Versions) => Versions,
    ) => {
      setLoading(true)
      try {
        const variables = { messageId, ...range }
        const { data } = await apollo.query({ query: MessageVersionsDocument, variables, fetchPolicy: 'no-cache' })
        const page = data?.message?.versions
        if (!page) return
        const { versions: known, hasEarlier } = page
        const asked = { known, hasEarlier }
        shown.current = shown.current === null ? asked : join(shown.current, asked)
        setVersions(shown.current)
        setProblem(null)
      } catch (error) {
        setProblem(sentenceOf(failureOf(error)))
      } finally {
        setLoading(false)
      }
    },
    [apollo, messageId],
  )
  const loadNew = useCallback(() => {
    const newest = shown.current?.known.at(-1)?.number
    return load(newest === undefined ? { last: pageSize + 1 } : { after: newest, first: 100 }, withLater)
  }, [load])
  useEffect(() => void loadNew(), [loadNew, editedAt])

  const earlier = () => void load({ before: versions?.known[0]?.number ?? 1, last: pageSize }, withEarlier)
  return { versions, problem, isLoading, earlier, retry: () => void loadNew() }
}
