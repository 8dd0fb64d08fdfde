'use client'

import { activity } from './presence/activity'
import { useStore } from './use-store'
import { useVisible } from './use-visible'

/** Whether somebody looks at the window: it is visible, and they have not been away from it for minutes. */
export function useAttention(): boolean {
  const isActive = useStore<boolean>(activity)
  return useVisible() && isActive
}
