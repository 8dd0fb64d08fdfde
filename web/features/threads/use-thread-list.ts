'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { useThreadNews } from '../../lib/conversations/use-conversations'
import { type ListPart, partOf } from '../../lib/paged-list'
import { missingPeopleOf } from '../../lib/people/missing-people'
import { usePagedList } from '../../lib/use-paged-list'
import { ThreadsDocument, type ThreadsQuery } from './__generated__/threads'

export type ListedThread = NonNullable<ThreadsQuery['threads']>['edges'][number]['node']

/** Changes within this time are one question. */
const newsPause = 500

/** The threads that the viewer follows, the last with a reply first. Follows what happens in them. */
export function useThreadList() {
  const apollo = useApolloClient()
  const { list, ...shown } = usePagedList(threadsOf(apollo))
  const news = useThreadNews()
  useEffect(() => {
    if (news === 0) return undefined
    const timer = setTimeout(() => void list.reload(), newsPause)
    return () => clearTimeout(timer)
  }, [news, list])
  return { ...shown, more: () => void list.more(), retry: () => void list.reload() }
}

/** A page of them. An answer has the ids of people; who is not known is asked for. */
const threadsOf = (apollo: ApolloClient) => {
  const missing = missingPeopleOf(apollo)
  return async (first: number, after: string | null): Promise<ListPart<ListedThread>> => {
    const { data, error } = await apollo.query({
      query: ThreadsDocument,
      variables: { first, after },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const part = partOf(data?.threads, error)
    for (const { root } of part.nodes) if (root !== null) void missing.want(root.authorId)
    return part
  }
}
