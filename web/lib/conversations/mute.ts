'use client'

import { useEffect, useState } from 'react'
import type { MutePartsFragment } from '../graphql/__generated__/fragments'

/** Timers do not wait longer, in milliseconds. */
const longestTimer = 2 ** 31 - 1

/** A mute ends by its time alone: it is compared whenever it is read. */
export const isMutedAt = (mute: MutePartsFragment | null, now: Date): boolean =>
  mute !== null && mute.isMuted && (mute.until === null || new Date(mute.until) > now)

/** Whether it is muted now; renders again when that ends. */
export function useMuted(mute: MutePartsFragment | null): boolean {
  const [now, setNow] = useState(() => new Date())
  const until = mute?.isMuted === true ? mute.until : null
  // Again after each time: a long wait is cut, and a timer may be a little early.
  useEffect(() => {
    if (until === null || new Date(until) <= now) return
    const wait = Math.max(0, new Date(until).getTime() - Date.now())
    const timer = setTimeout(() => setNow(new Date()), Math.min(wait, longestTimer))
    return () => clearTimeout(timer)
  }, [until, now])
  return isMutedAt(mute, now)
}
