'use client'

import { useEffect, useState } from 'react'
import { onConnected } from './graphql/connection'
import { type ListPart, PagedList } from './paged-list'
import { useStore } from './use-store'

/** A list of the viewer's; read when it is shown, and again after each reconnect. `read` of the first rendering counts. */
export function usePagedList<Node>(read: (first: number, after: string | null) => Promise<ListPart<Node>>) {
  const [list] = useState(() => new PagedList(read))
  const shown = useStore(list)
  useEffect(() => {
    const reload = () => void list.reload()
    reload()
    return onConnected(reload)
  }, [list])
  return { list, ...shown }
}
