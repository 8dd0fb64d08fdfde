'use client'

import type { ReactNode } from 'react'
import { cx } from '../../lib/cx'
import { ThreadPane } from './thread-pane'
import { useOpenThread } from './thread-route'

interface Props {
  readonly conversationId: string
  readonly children: ReactNode
}

/** A conversation with an open thread beside it; where there is no room for both, the thread is before it. */
export function ThreadLayout({ conversationId, children }: Props) {
  const rootId = useOpenThread()
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className={cx('flex min-h-0 min-w-0 flex-1 flex-col', rootId !== null && 'max-lg:invisible')}>
        {children}
      </div>
      {rootId !== null && <ThreadPane key={rootId} conversationId={conversationId} rootId={rootId} />}
    </div>
  )
}
