'use client'

import { useApolloClient } from '@apollo/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { bookmarksChanged, noteBookmarksChanged } from '../../lib/bookmarks'
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

/** The viewer's bookmarks, the newest first, also when they change on another device. */
export function useBookmarkList() {
  const apollo = useApolloClient()
  const [listed, setListed] = useState<Listed | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(false)
  const shown = useRef(0)
  const turn = useRef(0)

  const load = useCallback(
    async (before: Listed | null) => {
      const mine = ++turn.current
      setLoading(true)
      try {
        // As many as are shown, so that nothing jumps.
        const first = before === null ? Math.min(Math.max(pageSize, shown.current), largestPage) : pageSize
        const after = before?.next ?? null
        const { data } = await apollo.query({
          query: BookmarksDocument,
          variables: { first, after },
          fetchPolicy: 'no-cache',
        })
        if (turn.current !== mine || !data?.bookmarks) return
        const { edges, pageInfo } = data.bookmarks
        const nodes = [...(before?.nodes ?? []), ...edges.map(({ node }) => node)]
        shown.current = nodes.length
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
    const stops = [bookmarksChanged.subscribe(reload), onConnected(reload)]
    return () => {
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
