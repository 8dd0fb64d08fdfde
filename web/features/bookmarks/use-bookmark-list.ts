'use client'

import { useApolloClient } from '@apollo/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { bookmarksChanged, noteBookmarksChanged } from '../../lib/bookmarks'
import { messageChanges } from '../../lib/conversations/message-changes'
import { onConnected } from '../../lib/graphql/connection'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { BookmarksDocument, type BookmarksQuery, ForgetBookmarkDocument } from './__generated__/bookmarks'

type Connection = NonNullable<BookmarksQuery['bookmarks']>
export type BookmarkNode = Connection['edges'][number]['node']

interface Listed {
  readonly nodes: readonly BookmarkNode[]
  /** Where the next page begins; null at the end. */
  readonly next: string | null
}

const pageSize = 30
const largestPage = 100
/** Changes within this time are one question. */
const changesPause = 500

/** The viewer's bookmarks, the newest first, also when they or their messages change elsewhere. */
export function useBookmarkList() {
  const apollo = useApolloClient()
  const [listed, setListed] = useState<Listed | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(false)
  const shown = useRef<readonly BookmarkNode[]>([])
  const turn = useRef(0)

  const load = useCallback(
    async (before: Listed | null) => {
      const mine = ++turn.current
      setLoading(true)
      try {
        // As many as are shown, so that nothing jumps.
        const first = before === null ? Math.min(Math.max(pageSize, shown.current.length), largestPage) : pageSize
        const after = before?.next ?? null
        const { data } = await apollo.query({
          query: BookmarksDocument,
          variables: { first, after },
          fetchPolicy: 'no-cache',
        })
        if (turn.current !== mine || !data?.bookmarks) return
        const { edges, pageInfo } = data.bookmarks
        const nodes = [...(before?.nodes ?? []), ...edges.map(({ node }) => node)]
        shown.current = nodes
        setListed({ nodes, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null })
        setProblem(null)
      } catch (error) {
        if (turn.current === mine) setProblem(sentenceOf(failureOf(error)))
      } finally {
        if (turn.current === mine) setLoading(false)
      }
    },
    [apollo],
  )

  useEffect(() => {
    const reload = () => void load(null)
    reload()
    let timer: ReturnType<typeof setTimeout> | undefined
    const isShown = ({ message }: BookmarkNode) => message.conversationId === messageChanges.get()?.conversationId
    const reloadSoon = () => {
      if (timer === undefined && shown.current.some(isShown))
        timer = setTimeout(() => {
          timer = undefined
          reload()
        }, changesPause)
    }
    const stops = [bookmarksChanged.subscribe(reload), onConnected(reload), messageChanges.subscribe(reloadSoon)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [load])

  const remove = async (messageId: string) => {
    setListed((known) => known && { ...known, nodes: known.nodes.filter((node) => node.messageId !== messageId) })
    try {
      await apollo.mutate({ mutation: ForgetBookmarkDocument, variables: { input: { messageId } } })
      noteBookmarksChanged()
    } catch (error) {
      await load(null)
      setProblem(sentenceOf(failureOf(error)))
    }
  }
  return { listed, problem, isLoading, more: () => void load(listed), retry: () => void load(null), remove }
}
