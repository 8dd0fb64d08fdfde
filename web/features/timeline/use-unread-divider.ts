'use client'

import { useState } from 'react'
import { nextDivider, noDivider } from './model/divider'

/** The line after which the unread divider is shown, or null for none. */
export function useUnreadDivider(news: Parameters<typeof nextDivider>[1]): number | null {
  const [state, setState] = useState(noDivider)
  const next = nextDivider(state, news)
  if (next !== state) setState(next)
  return next.after
}
