'use client'

import { useEffect, useState } from 'react'
import type { EmojiGroup } from '../../lib/emoji/emoji-data'
import { loadDrawableEmoji } from '../../lib/emoji/load-emoji'

/** The emoji that are offered; null until they are loaded. */
export function useEmojiGroups() {
  const [groups, setGroups] = useState<readonly EmojiGroup[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isOpen = true
    loadDrawableEmoji().then(
      (loaded) => isOpen && setGroups(loaded),
      () => isOpen && setFailed(true),
    )
    return () => {
      isOpen = false
    }
  }, [attempt])
  const retry = () => {
    setFailed(false)
    setAttempt((count) => count + 1)
  }
  return { groups, failed, retry }
}
