'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { RemoveBookmarkDocument } from '../../lib/__generated__/bookmarks'
import { bookmarksChanged, noteBookmarksChanged } from '../../lib/bookmarks'
import { messageChanges } from '../../lib/conversations/message-changes'
import { type ListPart, partOf } from '../../lib/paged-list'
import { missingPeopleOf } from '../../lib/people/missing-people'
import { usePagedList } from '../../lib/use-paged-list'
import { BookmarksDocument, type BookmarksQuery } from './__generated__/bookmarks'

export type BookmarkNode = NonNullable<BookmarksQuery['bookmarks']>['edges'][number]['node']

/** Changes within this time are one question. */
const changesPause = 500

/** The viewer's bookmarks, the newest first, also when they or their messages change elsewhere. */
export function useBookmarkList() {
  const apollo = useApolloClient()
  const { list, ...shown } = usePagedList(bookmarksOf(apollo))

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const reload = () => void list.reload()
    const isShown = ({ message }: BookmarkNode) => message.conversationId === messageChanges.get()?.conversationId
    const reloadSoon = () => {
      if (timer === undefined && list.get().nodes?.some(isShown) === true)
        timer = setTimeout(() => {
          timer = undefined
          reload()
        }, changesPause)
    }
    const stops = [bookmarksChanged.subscribe(reload), messageChanges.subscribe(reloadSoon)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [list])

  const remove = async (messageId: string) => {
    list.hide((node) => node.messageId === messageId)
    try {
      await apollo.mutate({ mutation: RemoveBookmarkDocument, variables: { input: { messageId } } })
      noteBookmarksChanged()
    } catch (error) {
      await list.reload()
      list.fail(error)
    }
  }
  return { ...shown, more: () => void list.more(), retry: () => void list.reload(), remove }
}

/** A page of them. While accounts are away it has the messages, and the names follow. */
const bookmarksOf = (apollo: ApolloClient) => {
  const missing = missingPeopleOf(apollo)
  return async (first: number, after: string | null): Promise<ListPart<BookmarkNode>> => {
    const { data, error } = await apollo.query({
      query: BookmarksDocument,
      variables: { first, after },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const part = partOf(data?.bookmarks, error)
    for (const { message } of part.nodes) if (message.author === null) void missing.want(message.authorId)
    return part
  }
}
